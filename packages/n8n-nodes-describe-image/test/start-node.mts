import type { INode, INodeExecutionData, INodeType, Workflow } from 'n8n-workflow';

/** Where every run begins. */
export const START_NODE: INode = {
  id: '1',
  name: 'start',
  type: 'test.start',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/** The items that it gives, by the nodes of the workflow. */
export const START_ITEMS: WeakMap<object, INodeExecutionData[]> = new WeakMap();

/** Gives the items of the run. */
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
