import { AbortError, type AnyDescribeImageError, DescribeImageError } from '../errors/errors.ts';
import type { ResolvedCallLimits } from '../protocol/call-limits.ts';
import type { Credentials } from '../protocol/credentials.ts';
import type { Answer } from '../protocol/operation.ts';
import type { UnsignedRequest } from '../protocol/request.ts';
import { retryDecision } from '../protocol/retry-decision.ts';
import { attemptOnce, type Described } from './attempt.ts';
import type { Connection } from './connection.ts';

/** The loop that obeys the decisions: attempts within the deadlines, and two mends of its own that cost no retry. */
export async function callUntilAnswered<Output>(
  connection: Connection,
  operation: Described<Output>,
  request: UnsignedRequest,
  limits: ResolvedCallLimits,
  signal: AbortSignal | undefined,
): Promise<Answer<Output>> {
  const { runtime, options, clock, limiter, closings } = connection;
  let deadline: number | undefined;
  let retries = 0;
  let answerLost = false;
  let clockCorrected = false;
  let refused: Credentials | undefined;
  let error: AnyDescribeImageError | undefined;

  for (let attempt = 1; ; attempt++) {
    const waitMs = limiter?.reserve(runtime.now()) ?? 0;
    // The pace may be too slow for another attempt within the total.
    if (error !== undefined && runtime.now() + waitMs >= (deadline ?? 0)) throw error;
    if (waitMs > 0) await counted(runtime.sleep(waitMs, signal), attempt - 1, request);
    let used: Credentials | undefined;
    const signedWithOffsetMs = clock.offsetMs;
    try {
      if (signal?.aborted) throw new AbortError('the call was aborted', { cause: signal.reason });
      if (connection.closings !== closings) throw new AbortError('the client was closed');
      // Waiting for the pace is not the service's fault: the total begins with the first attempt.
      deadline ??= runtime.now() + limits.totalTimeoutMs;
      const onCredentials = (credentials: Credentials): void => {
        // Keys that nobody can replace would only be refused again.
        if (credentials === refused) throw error;
        used = credentials;
      };
      const answer = await attemptOnce(connection, {
        operation,
        request,
        attempt,
        attemptTimeoutMs: limits.attemptTimeoutMs,
        deadline,
        signal,
        refused,
        onCredentials,
      });
      limiter?.succeeded();
      return answer;
    } catch (thrown) {
      if (!DescribeImageError.isInstance(thrown)) throw thrown;
      error = connection.closings === closings ? thrown : new AbortError('the client was closed');
      error.attempts = used === undefined ? attempt - 1 : attempt;
      error.endpoint = request.endpoint.host;
    }

    if (error.code === 'Throttling') limiter?.throttled(runtime.now());
    if (error.code === 'ClockSkew' && !clockCorrected) {
      clockCorrected = true;
      if (clock.correct(error.serverTimeMs, signedWithOffsetMs, runtime.now())) continue;
    }
    if (error.code === 'ClockSkew' && error.serverTimeMs !== undefined)
      error.offsetMs = error.serverTimeMs - runtime.now();
    if (error.apiCode === 'InvalidSecurityToken.Expired' && refused === undefined && used !== undefined) {
      refused = used;
      continue;
    }
    answerLost ||= error.code === 'Network' || error.code === 'Timeout';
    const decision = retryDecision(error, {
      retries,
      maxRetries: limits.maxRetries,
      idempotent: operation.idempotent,
      answerLost,
      random: runtime.random(),
    });
    if (!decision.retry || runtime.now() + decision.delayMs >= (deadline ?? 0)) throw error;
    retries++;
    const { delayMs } = decision;
    options.onRetry?.({ action: operation.action, endpoint: request.endpoint.host, attempt, delayMs, error });
    await counted(runtime.sleep(delayMs, signal), attempt, request);
  }
}

/** A wait that is aborted tells of the attempts before it. */
async function counted(wait: Promise<void>, attempts: number, { endpoint }: UnsignedRequest): Promise<void> {
  try {
    await wait;
  } catch (error) {
    if (DescribeImageError.isInstance(error)) Object.assign(error, { attempts, endpoint: endpoint.host });
    throw error;
  }
}
