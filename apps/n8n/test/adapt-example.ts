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

/** Sets the shortest poll interval, the scripted model, a public chat, and the incoming webhook of a chat. */
export function adaptExample(workflow: Workflow, chatUrl: string): Workflow {
  return { ...workflow, nodes: workflow.nodes.map((node) => adaptNode(node, chatUrl)) };
}

/** Replaces the credential of all nodes by one that assumes a role. */
export function useRole(workflow: Workflow): Workflow {
  const text = JSON.stringify(workflow).replaceAll('describeimagecred1', ROLE_CREDENTIAL);
  return { ...workflow, ...JSON.parse(text) };
}

/** A credential of the emulator that assumes a role. */
const ROLE_CREDENTIAL = 'describeimagerole1';

/** The same keys as another credential, with a role. */
export function roleCredential(
  credential: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const role = { assumeRole: true, roleArn: 'acs:ram::1234567890123456:role/image-reader' };
  return {
    ...credential,
    id: ROLE_CREDENTIAL,
    name: 'Role',
    data: { ...Object(credential['data']), ...role },
  };
}

function adaptNode(node: Workflow['nodes'][number], chatUrl: string): Workflow['nodes'][number] {
  const { type, name, parameters } = node;
  if (name === 'Chat' || name === 'Issue')
    return {
      ...node,
      parameters: JSON.parse(JSON.stringify(parameters).replace('"value":""', `"value":"${chatUrl}"`)),
    };
  if (type.endsWith('.describeImageTrigger'))
    return { ...node, parameters: { ...parameters, pollTimes: { item: [{ mode: 'everyMinute' }] } } };
  if (type.endsWith('.chatTrigger')) return { ...node, parameters: { ...parameters, public: true } };
  if (type.endsWith('.lmChatOpenAi')) {
    const credentials = { openAiApi: { id: 'scriptedmodel00001', name: 'Scripted model' } };
    return Object.assign({ ...node }, { credentials });
  }
  return node;
}
