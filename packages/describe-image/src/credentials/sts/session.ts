import { AbortError } from '../../errors/errors.ts';
import type { CredentialProvider, CredentialRequest, Credentials } from '../../protocol/credentials.ts';
import type { Find, FoundCredentials } from '../sources/credential-source.ts';

/** When credentials are fetched anew. */
export interface RefreshOptions {
  /** Epoch milliseconds by the local clock. @defaultValue Date.now */
  readonly now?: (() => number) | undefined;
  /** How long before their end a new session is fetched in the background, at most half of its life. @defaultValue 900_000 */
  readonly refreshAheadMs?: number | undefined;
  /** How often keys without an end are looked up again, in the background. @defaultValue 300_000 */
  readonly lookAgainMs?: number | undefined;
}

/** The last stretch of a session is not used if a new one can be had: a request may be under way for a while. */
const MARGIN_MS = 60_000;
/** The least time between two background fetches: a metadata service repeats its session until it has a new one. */
const PAUSE_MS = 30_000;

interface Held {
  readonly credentials: Credentials;
  /** From here on a new session is fetched in the background. */
  readonly renewAt: number;
  /** From here on callers wait for a new session. */
  readonly waitAt: number;
  /** From here on it is of no use. By the local clock, like the others. */
  readonly endsAt: number;
}

/**
 * Keeps what `fetch` gives for as long as it is good. Callers share one fetch; one that aborts leaves it to the others; a fetch
 * that fails leaves a session that is still valid in use.
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
  fetch: (request: Pick<CredentialRequest, 'refused'>) => Promise<Credentials>,
  options: RefreshOptions = {},
): CredentialProvider {
  return createSession(
    async (request = {}) => ({ credentials: await fetch(request), description: 'a function' }),
    options,
  );
}

/** The same over a source, with what it found already when it did. */
export function createSession(
  find: Find,
  options: RefreshOptions & { readonly found?: FoundCredentials | undefined } = {},
): CredentialProvider {
  const { now = Date.now, refreshAheadMs = 900_000, lookAgainMs = 300_000, found } = options;
  let held: Held | undefined = found && hold(found);
  let flight: Promise<Credentials> | undefined;
  let quietUntil = Number.NEGATIVE_INFINITY;

  return ({ refused, signal } = {}) => {
    if (held !== undefined && refused !== undefined && isSame(held.credentials, refused)) held = undefined;
    if (held === undefined) return untilAborted(fetchOnce(refused), signal);
    const { credentials, renewAt, waitAt, endsAt } = held;
    const time = now();
    const quiet = time < quietUntil;
    if (time < renewAt || (quiet && time < endsAt)) return credentials;
    const stillValid = (error: unknown): Credentials => {
      if (time < waitAt || now() < endsAt) return credentials;
      throw error;
    };
    const fresh = fetchOnce(undefined).catch(stillValid);
    return time < waitAt ? credentials : untilAborted(fresh, signal);
  };

  function fetchOnce(refused: Credentials | undefined): Promise<Credentials> {
    flight ??= fetchAndHold(refused).finally(() => {
      flight = undefined;
      quietUntil = now() + PAUSE_MS;
    });
    return flight;
  }

  async function fetchAndHold(refused: Credentials | undefined): Promise<Credentials> {
    const fetched = await find({ refused });
    held = hold(fetched);
    return fetched.credentials;
  }

  function hold({ credentials, clockOffsetMs = 0 }: FoundCredentials): Held {
    const time = now();
    const { expiration } = credentials;
    if (expiration === undefined) {
      const never = Number.POSITIVE_INFINITY;
      return { credentials, renewAt: time + lookAgainMs, waitAt: never, endsAt: never };
    }
    const endsAt = expiration.getTime() - clockOffsetMs;
    const lifeMs = Math.max(endsAt - time, 0);
    return {
      credentials,
      renewAt: endsAt - Math.min(refreshAheadMs, lifeMs / 2),
      waitAt: endsAt - Math.min(MARGIN_MS, lifeMs / 4),
      endsAt,
    };
  }
}

/** Lets one caller leave without stopping what others wait for. */
export function untilAborted<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const leave = (): void =>
      reject(new AbortError('the call was aborted while waiting for credentials', { cause: signal.reason }));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.accessKeyId === other.accessKeyId && one.securityToken === other.securityToken;
}
