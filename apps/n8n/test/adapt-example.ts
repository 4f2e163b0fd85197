import type { Workflow } from '../src/example-workflows.ts';

/** The credential of the scripted model, as n8n imports it. */
export function modelCredential(url: string): Readonly<Record<string, unknown>> {
  return {
    id: 'scriptedmodel00001',
    name: 'Scripted model',
    type: 'openAiApi',
    data: { apiKey: 'none', url },
  };
}

/** The shortest polls that n8n has, a model that needs no key, and a chat that takes messages from outside. */
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
