import type { INode, INodeExecutionData, INodeType, Workflow } from 'n8n-workflow';

/** The first node of every test workflow. */
export const START_NODE: INode = {
  id: '1',
  name: 'start',
  type: 'test.start',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/** The items that the start node returns, by the nodes object of the workflow. */
export const START_ITEMS: WeakMap<object, INodeExecutionData[]> = new WeakMap();

/** The type of the start node. */
export const START: INodeType = {
  description: {
    displayName: 'Start',
    name: 'start',
    group: ['input'],
    version: 1,
    description: 'Start',
    defaults: { name: 'Start' },
    inputs: [],
    outputs: ['main'],
    properties: [],
  },
  async execute(this: { getWorkflow(): unknown; workflow?: Workflow }) {
    return [START_ITEMS.get(this.workflow?.nodes ?? {}) ?? []];
  },
} as unknown as INodeType;
