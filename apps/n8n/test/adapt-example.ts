import type { Workflow } from '../src/demo-content.ts';

/** The credential of the scripted model for `n8n import:credentials`. */
export function modelCredential(url: string): Readonly<Record<string, unknown>> {
  return {
    id: 'scriptedmodel00001',
    name: 'Scripted model',
    type: 'openAiApi',
    data: { apiKey: 'none', url },
  };
}

/** Sets the shortest poll interval, the scripted model and a public chat. */
export function adaptExample(workflow: Workflow): Workflow {
  return { ...workflow, nodes: workflow.nodes.map(adaptNode) };
}

function adaptNode(node: Workflow['nodes'][number]): Workflow['nodes'][number] {
  const { type, parameters } = node;
  if (type.endsWith('.describeImageTrigger'))
    return { ...node, parameters: { ...parameters, pollTimes: { item: [{ mode: 'everyMinute' }] } } };
  if (type.endsWith('.chatTrigger')) return { ...node, parameters: { ...parameters, public: true } };
  if (type.endsWith('.lmChatOpenAi')) {
    const credentials = { openAiApi: { id: 'scriptedmodel00001', name: 'Scripted model' } };
    return Object.assign({ ...node }, { credentials });
  }
  return node;
}
