import { type DescribeTag, readDigest } from './contender.ts';
import { signedCall } from './sign-by-hand.ts';

/** Node's own `fetch`. It sets `host` itself, to the value that was signed. */
export function openFetch(port: number): DescribeTag {
  const origin = `127.0.0.1:${port}`;
  return async (tag) => {
    const { query, headers } = signedCall(origin, tag);
    const { host: _, ...rest } = headers;
    const response = await fetch(`http://${origin}/?${query}`, { method: 'POST', headers: rest });
    return readDigest(await response.json());
  };
}
