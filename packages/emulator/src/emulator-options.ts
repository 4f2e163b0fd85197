import { ASSUMPTIONS, type Assumption, type Assumptions } from './assumptions.ts';
import { EmulatorClock, type Instant } from './clock.ts';
import type { LoggedRequest } from './request-log.ts';
import type { TlsCertificate } from './tls-certificate.ts';
import { demoSeed } from './world/demo-seed.ts';
import { parseSeed } from './world/parse-seed.ts';
import type { Seed } from './world/seed.ts';

/** The options of an emulator. @public */
export interface EmulatorOptions {
  /** TCP port; `0` takes a free one. @default 0 */
  readonly port?: number | undefined;
  /** Address to listen on. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** The initial images, keys and roles. @default demoSeed */
  readonly seed?: Seed | undefined;
  /** A clock, or the time at which one is frozen. @default a clock that runs with the machine's */
  readonly clock?: EmulatorClock | Instant | undefined;
  /** The behaviour for cases that the service's documentation leaves open. @default see ASSUMPTIONS */
  readonly assumptions?: Partial<Assumptions> | undefined;
  /** Warns about wrong signatures, nonces and timestamps instead of rejecting them. @default false */
  readonly lenient?: boolean | undefined;
  /** How many requests the log keeps. @default 10_000 */
  readonly requestLogLimit?: number | undefined;
  /** Called with every request once it is answered, redacted. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
  /**
   * Opens the admin API to other machines: a request with the header `Authorization: Bearer <token>` is answered. At least 16
   * characters without white space. @default the admin API answers this machine only
   */
  readonly adminToken?: string | undefined;
  /** Serves HTTPS, with this certificate or, if `true`, a generated one. @default HTTP */
  readonly tls?: boolean | TlsCertificate | undefined;
}

/** Validated options with every default applied. */
export interface ResolvedEmulatorOptions {
  readonly port: number;
  readonly host: string;
  readonly seed: Seed;
  readonly clock: EmulatorClock;
  readonly assumptions: Assumptions;
  readonly lenient: boolean;
  readonly requestLogLimit: number;
  readonly onRequest: ((request: LoggedRequest) => void) | undefined;
  readonly adminToken: string | undefined;
  readonly tls: boolean | TlsCertificate;
}

/**
 * Applies the defaults and validates the options.
 *
 * @throws {SeedError} when the seed does not have the documented shape.
 * @throws {RangeError} naming the option, when another option is out of range.
 */
export function resolveEmulatorOptions(options: EmulatorOptions): ResolvedEmulatorOptions {
  for (const name of Object.keys(options))
    if (!OPTION_NAMES.has(name))
      throw new RangeError(`unknown option "${name}": must be one of ${[...OPTION_NAMES].join(', ')}`);
  const { port = 0, host = '127.0.0.1', requestLogLimit = 10_000, clock } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`port must be a whole number from 0 to 65535, got ${port}`);
  }
  if (!Number.isInteger(requestLogLimit) || requestLogLimit < 0) {
    throw new RangeError(`requestLogLimit must be a whole number of at least 0, got ${requestLogLimit}`);
  }
  const { adminToken, tls = false } = options;
  // The message does not contain the token.
  if (adminToken !== undefined && !/^[\x21-\x7e]{16,}$/.test(adminToken))
    throw new RangeError('adminToken must be at least 16 ASCII characters without white space');
  return {
    port,
    host,
    seed: parseSeed(options.seed ?? demoSeed),
    clock: clock instanceof EmulatorClock ? clock : new EmulatorClock(clock),
    assumptions: resolveAssumptions(options.assumptions),
    lenient: options.lenient ?? false,
    requestLogLimit,
    onRequest: options.onRequest,
    adminToken,
    tls,
  };
}

const OPTION_NAMES: ReadonlySet<string> = new Set(
  Object.keys({
    port: true,
    host: true,
    seed: true,
    clock: true,
    assumptions: true,
    lenient: true,
    requestLogLimit: true,
    onRequest: true,
    adminToken: true,
    tls: true,
  } satisfies Record<keyof EmulatorOptions, true>),
);

/**
 * Applies the defaults to the chosen assumptions.
 *
 * @throws {RangeError} naming the accepted names or values, when a name or a value is unknown.
 */
function resolveAssumptions(chosen: Partial<Assumptions> = {}): Assumptions {
  const resolved: Record<string, string> = {};
  for (const [name, { default: value }] of Object.entries(ASSUMPTIONS)) resolved[name] = value;
  for (const [name, value] of Object.entries(chosen)) {
    if (value === undefined) continue;
    const known: Assumption<string> | undefined = Object.entries(ASSUMPTIONS).find(
      ([candidate]) => candidate === name,
    )?.[1];
    if (known === undefined) {
      throw new RangeError(
        `assumptions: the name must be one of ${Object.keys(ASSUMPTIONS).join(', ')}, got "${name}"`,
      );
    }
    if (!known.values.includes(value)) {
      throw new RangeError(
        `assumptions.${name}: the value must be one of ${known.values.join(', ')}, got "${value}"`,
      );
    }
    resolved[name] = value;
  }
  // The loops above write every name of the table, with one of its values.
  return resolved as unknown as Assumptions;
}
