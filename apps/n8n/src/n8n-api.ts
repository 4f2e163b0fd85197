import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** The account of the demo. */
export const OWNER = {
  email: 'demo@describe-image.example',
  password: 'Describe-image-1',
  firstName: 'Demo',
  lastName: 'Owner',
} as const;

/** n8n's internal REST API, signed in as the owner. */
export interface OwnerSession {
  /** @throws Error with the response body, when n8n rejects the request. */
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
}

/** Creates the owner's account. It becomes the owner of all workflows and credentials imported before. */
export async function setUpOwner(url: string): Promise<OwnerSession> {
  const browserId = crypto.randomUUID();
  let cookie = '';
  const request = async (method: string, path: string, body: unknown): Promise<Response> => {
    const response = await fetch(`${url}/rest${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`n8n: ${method} ${path} failed, got ${response.status}: ${await response.text()}`);
    return response;
  };
  const response = await request('POST', '/owner/setup', OWNER);
  cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    async call(method, path, body) {
      const json: unknown = await (await request(method, path, body)).json();
      return Envelope.parse(json).data;
    },
  };
}

const Envelope = z.object({ data: z.unknown() });

/**
 * Activates a workflow and waits until its triggers are registered, which n8n does after it responds.
 *
 * @throws Error with n8n's reason, when a trigger cannot be registered.
 */
export async function publishWorkflow(owner: OwnerSession, id: string): Promise<void> {
  const { versionId } = Versioned.parse(await owner.call('GET', `/workflows/${id}`));
  await owner.call('POST', `/workflows/${id}/activate`, { versionId });
  for (let tries = 0; tries < 240; tries += 1) {
    const { status, triggers } = Publication.parse(
      await owner.call('GET', `/workflows/${id}/publication-status`),
    );
    if (status === 'published') return;
    if (status === 'partial' || status === 'failed') {
      const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
      throw new Error(`n8n: cannot register the triggers of workflow ${id}: ${reasons.join('; ')}`);
    }
    await sleep(250);
  }
  throw new Error(`n8n: workflow ${id} was not activated within 60 s`);
}

const Versioned = z.object({ versionId: z.string() });
const Publication = z.object({
  status: z.string(),
  triggers: z.array(z.object({ errorMessage: z.string().nullable() })),
});
