import { type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { GATED_OPERATIONS } from './gate-properties.ts';

const main = { type: NodeConnectionTypes.Main };
const two = [
  { ...main, displayName: 'Pass' },
  { ...main, displayName: 'Block' },
];

/** One output, or two for a gate with outputs. n8n evaluates the expression in the editor and for each run. */
export const NODE_OUTPUTS: INodeTypeDescription['outputs'] = `={{ $parameter["gate"] === "outputs" && ${JSON.stringify(GATED_OPERATIONS)}.includes($parameter["operation"]) ? ${JSON.stringify(two)} : ${JSON.stringify([main])} }}`;
