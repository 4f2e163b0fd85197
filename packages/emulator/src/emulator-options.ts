import type { Assumptions } from './assumptions.ts';
import { EmulatorClock, type Instant } from './clock.ts';
import { demoSeed } from './demo/demo-seed.ts';
import type { LoggedRequest } from './request-log.ts';
import { resolveAssumptions } from './resolve-assumptions.ts';
import { parseSeed } from './world/parse-seed.ts';
import type { Seed } from './world/seed.ts';

/** What can be chosen about an emulator. */
export interface EmulatorOptions {
  /** TCP port; `0` takes a free one. @default 0 */
  readonly port?: number | undefined;
  /** Address to listen on. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** The world to start with. @default demoSeed */
  readonly seed?: Seed | undefined;
  /** A clock, or the instant at which one stands still. @default a clock that runs with the machine's */
  readonly clock?: EmulatorClock | Instant | undefined;
  /** Choices where the service's behaviour is not documented. @default see ASSUMPTIONS */
  readonly assumptions?: Partial<Assumptions> | undefined;
  /** Warns about signatures, nonces and time stamps instead of refusing them. @default false */
  readonly lenient?: boolean | undefined;
  /** How many requests the log keeps. @default 10_000 */
  readonly requestLogLimit?: number | undefined;
  /** Told of every request once it is answered, redacted. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
}

/** Options with every default applied and everything checked. */
export interface ResolvedEmulatorOptions {
  readonly port: number;
  readonly host: string;
  readonly seed: Seed;
  readonly clock: EmulatorClock;
  readonly assumptions: Assumptions;
  readonly lenient: boolean;
  readonly requestLogLimit: number;
  readonly onRequest: ((request: LoggedRequest) => void) | undefined;
}

/**
 * Applies defaults and checks what was given.
 *
 * @throws {SeedError} when the seed does not have the documented shape.
 * @throws {RangeError} naming the option, when another option is out of range.
 */
export function resolveEmulatorOptions(options: EmulatorOptions): ResolvedEmulatorOptions {
  const { port = 0, host = '127.0.0.1', requestLogLimit = 10_000, clock } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`port must be a whole number from 0 to 65535 (got ${port})`);
  }
  if (!Number.isInteger(requestLogLimit) || requestLogLimit < 0) {
    throw new RangeError(`requestLogLimit must be a whole number of at least 0 (got ${requestLogLimit})`);
  }
  return {
    port,
    host,
    seed: parseSeed(options.seed ?? demoSeed),
    clock: clock instanceof EmulatorClock ? clock : new EmulatorClock(clock),
    assumptions: resolveAssumptions(options.assumptions),
    lenient: options.lenient ?? false,
    requestLogLimit,
    onRequest: options.onRequest,
  };
}
