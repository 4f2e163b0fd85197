import type { Call } from '@describe-image/core';
import { DescribeImageError } from '@describe-image/core/protocol';
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

/** A call that was not made, because the endpoint failed repeatedly. */
export class PausedError extends Error {
  override readonly name = 'PausedError';
  readonly retryAfterMs: number;

  constructor(endpoint: string, retryAfterMs: number) {
    super(`calls to ${endpoint} are paused, because it did not respond several times in succession`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The circuit breakers of all endpoints. */
export interface CircuitBreakers {
  /** Adds the breaker of an endpoint to a call. Accounts with the same endpoint share it. */
  protect(endpoint: string, call: Call): Call;
}

/** What {@link createCircuitBreakers} needs. */
export interface CircuitBreakerOptions {
  readonly now: () => number;
  /** Called when the calls to an endpoint are paused, and when they continue. */
  readonly onChange: (endpoint: string, isPaused: boolean) => void;
}

const MAX_CONSECUTIVE_FAILURES = 5;
/** After this time, one call tests the endpoint. */
const PAUSE_MS = 30_000;

/**
 * Creates the circuit breakers. cockatiel, unlike opossum, needs no timers and no shutdown, and lets one test call through while the others
 * wait for its result.
 */
export function createCircuitBreakers({ now, onChange }: CircuitBreakerOptions): CircuitBreakers {
  const breakers = new Map<string, ReturnType<typeof createBreaker>>();
  return {
    protect(endpoint, call) {
      const breaker = breakers.get(endpoint) ?? createBreaker(endpoint);
      breakers.set(endpoint, breaker);
      return async (operation, input, options) => {
        const result = await breaker.execute(async () => {
          try {
            return { answer: await call(operation, input, options) };
          } catch (error) {
            if (isEndpointFailure(error)) throw error;
            // An answer that the call failed shows that the endpoint works.
            return { error };
          }
        });
        if ('error' in result) throw result.error;
        return result.answer;
      };
    },
  };

  function createBreaker(endpoint: string) {
    let pausedAt = 0;
    const policy = circuitBreaker(handleAll, {
      halfOpenAfter: PAUSE_MS,
      breaker: new ConsecutiveBreaker(MAX_CONSECUTIVE_FAILURES),
    });
    policy.onBreak(() => {
      pausedAt = now();
      onChange(endpoint, true);
    });
    policy.onReset(() => onChange(endpoint, false));
    return {
      async execute<Result>(run: () => Promise<Result>): Promise<Result> {
        try {
          return await policy.execute(run);
        } catch (error) {
          if (!(error instanceof BrokenCircuitError)) throw error;
          throw new PausedError(endpoint, Math.max(0, pausedAt + PAUSE_MS - now()));
        }
      },
    };
  }
}

/** A call that waited in the queue of the client until its time limit sent no request. */
function isEndpointFailure(error: unknown): boolean {
  if (!DescribeImageError.isInstance(error) || error.attempts === 0) return false;
  const { code, status } = error;
  return code === 'Network' || code === 'Timeout' || (code === 'Service' && (status ?? 0) >= 500);
}
