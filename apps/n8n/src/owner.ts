import { z } from 'zod';

/** Who signs in to the demo. */
export const OWNER = {
  email: 'demo@describe-image.example',
  password: 'Describe-image-1',
  firstName: 'Demo',
  lastName: 'Owner',
} as const;

/** n8n's own interface, as its owner. */
export interface OwnerSession {
  /** @throws Error with the answer, when n8n refuses. */
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
}

/** Makes the owner's account, which takes over all that was imported before. */
export async function setUpOwner(url: string): Promise<OwnerSession> {
  const browserId = crypto.randomUUID();
  let cookie = '';
  const request = async (method: string, path: string, body: unknown): Promise<Response> => {
    const answer = await fetch(`${url}/rest${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'browser-id': browserId, cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok)
      throw new Error(`n8n refused ${method} ${path} (${answer.status}): ${await answer.text()}`);
    return answer;
  };
  const answer = await request('POST', '/owner/setup', OWNER);
  cookie = answer.headers
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
