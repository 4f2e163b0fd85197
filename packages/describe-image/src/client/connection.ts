import { createServiceClock, type ServiceClock } from '../protocol/service-clock.ts';
import type { Send, Transport } from '../transport/send.ts';
import type { ResolvedClientOptions } from './client-options.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';
import type { Runtime } from './runtime.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';

/** What all calls of a client share. */
export interface Connection {
  readonly options: ResolvedClientOptions;
  readonly runtime: Runtime;
  readonly send: Send;
  readonly clock: ServiceClock;
  readonly semaphore: Semaphore;
  readonly limiter: RateLimiter | undefined;
  /** Changes with every `close`: calls begun before it are over. */
  readonly closings: number;
  close(): void;
}

export function openConnection(runtime: Runtime, options: ResolvedClientOptions): Connection {
  const transport: Transport = options.send ? { send: options.send } : runtime.openTransport(options);
  let closings = 0;
  return {
    options,
    runtime,
    send: transport.send,
    clock: createServiceClock(),
    semaphore: createSemaphore(options.concurrency),
    limiter:
      options.requestsPerSecond === undefined ? undefined : createRateLimiter(options.requestsPerSecond),
    get closings() {
      return closings;
    },
    close() {
      closings++;
      transport.close?.();
    },
  };
}
