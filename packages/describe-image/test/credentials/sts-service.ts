import { START } from './machine.ts';
import type { Received, Reply, Server } from './serve.ts';
import { serve } from './serve.ts';

export const ROLE_ARN = 'acs:ram::1234567890123456:role/reader';
export const PROVIDER_ARN = 'acs:ram::1234567890123456:oidc-provider/ack';

/** Returns numbered sessions that end an hour after the clock of the test. */
export async function stsService({
  now = () => START,
  before = () => undefined,
}: {
  readonly now?: () => number;
  /** Returns an answer to send instead of a session. */
  readonly before?: (
    request: Received,
    count: number,
  ) => Reply | 'cut' | undefined | Promise<Reply | undefined>;
} = {}): Promise<Server> {
  let sessions = 0;
  let count = 0;
  return serve(async (request) => {
    const instead = await before(request, ++count);
    if (instead !== undefined) return instead;
    return { json: { RequestId: 'r-1', Credentials: session(++sessions, now()) } };
  });
}

export function session(number: number, now: number, lifeSeconds = 3600): Record<string, string> {
  return {
    AccessKeyId: `STS.session${number}`,
    AccessKeySecret: `secret-of-session-${number}`,
    SecurityToken: `token-of-session-${number}`,
    Expiration: new Date(now + lifeSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}
