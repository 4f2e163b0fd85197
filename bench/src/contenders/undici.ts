import { Agent, request } from 'undici';
import { type DescribeTag, readDigest } from './contender.ts';
import { signedCall } from './sign-by-hand.ts';

/** The HTTP client of npm that Node's `fetch` is based on. */
export function openUndici(port: number): DescribeTag {
  const dispatcher = new Agent();
  const host = `127.0.0.1:${port}`;
  return async (tag) => {
    const { query, headers } = signedCall(host, tag);
    const { body } = await request(`http://${host}/?${query}`, { method: 'POST', headers, dispatcher });
    return readDigest(await body.json());
  };
}
