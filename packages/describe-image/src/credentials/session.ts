import type { CredentialProvider, CredentialRequest, Credentials } from '../protocol/credentials.ts';
import type { Find, FoundCredentials } from './credential-source.ts';
import { createSharedTask } from './shared-task.ts';

/** When credentials are fetched again. @public */
export interface RefreshOptions {
  /** Epoch milliseconds by the local clock, which an expiration is compared with once. @defaultValue Date.now */
  readonly now?: (() => number) | undefined;
  /** Milliseconds by a monotonic clock, for durations. @defaultValue `now` if given, else performance.now */
  readonly monotonicNow?: (() => number) | undefined;
  /** How long before its end a session is refreshed in the background, in milliseconds; at most half of its life. @defaultValue 900_000 */
  readonly refreshAheadMs?: number | undefined;
  /** How often keys without an expiration are read again in the background, in milliseconds. @defaultValue 300_000 */
  readonly rereadIntervalMs?: number | undefined;
}

/** Callers wait for a new session when less than this is left: a request may be in flight for that long. */
const MARGIN_MS = 60_000;
/** The minimum time between two background fetches: a metadata service returns the same session until it has a new one. */
const MIN_FETCH_INTERVAL_MS = 30_000;

/** Times are of the monotonic clock, so that setting the local clock neither ends nor extends a session. */
interface Held {
  readonly credentials: Credentials;
  /** From here on a new session is fetched in the background. */
  readonly renewAt: number;
  /** From here on callers wait for a new session. */
  readonly waitAt: number;
  /** From here on the session is not used. */
  readonly endsAt: number;
}

/**
 * Caches the credentials that `fetch` returns until they have to be refreshed. Concurrent callers share one fetch. A failed fetch
 * does not discard a session that is still valid.
 *
 * @param fetch - Called with the credentials that the service reported as expired, if any, and a signal that aborts when no caller waits.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { refreshing } from '@describe-image/core/credentials';
 *
 * const credentials = refreshing(async () => ({
 *   accessKeyId: 'STS.testid',
 *   accessKeySecret: 'testsecret',
 *   securityToken: 'testtoken',
 *   expiration: new Date(Date.now() + 3_600_000),
 * }));
 * const client = createClient({ credentials });
 * ```
 *
 * @public
 */
export function refreshing(
  fetch: (request: CredentialRequest) => Promise<Credentials>,
  options: RefreshOptions = {},
): CredentialProvider {
  return createSession(
    async (request = {}) => ({ credentials: await fetch(request), description: 'a function' }),
    options,
  );
}

/** Like {@link refreshing}, for a source. `found` has the credentials that the source has just returned, if any. */
export function createSession(
  find: Find,
  options: RefreshOptions & { readonly found?: FoundCredentials | undefined } = {},
): CredentialProvider {
  const { now = Date.now, refreshAheadMs = 900_000, rereadIntervalMs = 300_000, found } = options;
  const monotonicNow = options.monotonicNow ?? options.now ?? (() => performance.now());
  const task = createSharedTask<Credentials>();
  let held: Held | undefined = found && hold(found);
  let nextFetchAt = Number.NEGATIVE_INFINITY;

  // The signal is read only where it is needed: a client creates it on access.
  return (request = {}) => {
    const { expired } = request;
    if (held !== undefined && expired !== undefined && isSame(held.credentials, expired)) held = undefined;
    if (held === undefined) return task.wait((abort) => fetchAndHold(expired, abort), request.signal);
    const { credentials, renewAt, waitAt, endsAt } = held;
    const time = monotonicNow();
    if (time < renewAt || (time < nextFetchAt && time < endsAt)) return credentials;
    const refresh = (abort: AbortSignal): Promise<Credentials> => fetchAndHold(undefined, abort);
    if (time < waitAt) {
      task.run(refresh).catch(() => {
        // The session is still valid: the next call tries again.
      });
      return credentials;
    }
    const { signal } = request;
    return task.wait(refresh, signal).catch((error: unknown) => {
      if (signal?.aborted || monotonicNow() >= endsAt) throw error;
      return credentials;
    });
  };

  async function fetchAndHold(expired: Credentials | undefined, signal: AbortSignal): Promise<Credentials> {
    try {
      const fetched = await find({ expired, signal });
      held = hold(fetched);
      return fetched.credentials;
    } finally {
      nextFetchAt = monotonicNow() + MIN_FETCH_INTERVAL_MS;
    }
  }

  function hold({ credentials, clockOffsetMs = 0 }: FoundCredentials): Held {
    const time = monotonicNow();
    const { expiration } = credentials;
    if (expiration === undefined) {
      const never = Number.POSITIVE_INFINITY;
      return { credentials, renewAt: time + rereadIntervalMs, waitAt: never, endsAt: never };
    }
    const lifeMs = Math.max(expiration.getTime() - clockOffsetMs - now(), 0);
    const endsAt = time + lifeMs;
    return {
      credentials,
      renewAt: endsAt - Math.min(refreshAheadMs, lifeMs / 2),
      waitAt: endsAt - Math.min(MARGIN_MS, lifeMs / 4),
      endsAt,
    };
  }
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.accessKeyId === other.accessKeyId && one.securityToken === other.securityToken;
}
