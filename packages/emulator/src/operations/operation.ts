import type { Assumptions } from '../assumptions.ts';
import type { Principal } from '../gateway/principal.ts';
import { missing, Refusal } from '../gateway/refusal.ts';
import type { Roles } from '../sts/roles.ts';
import type { Sessions } from '../sts/sessions.ts';
import type { World } from '../world/world.ts';

/** One API operation as data: everything that differs between operations. */
export interface Operation {
  readonly name: string;
  /** API version, for example `2018-12-03`. */
  readonly version: string;
  /** Product code, for example `Sas`. */
  readonly product: string;
  /** What RAM must allow, for example `yundun-sas:DescribeImage`; `undefined` when it takes no permission. */
  readonly ramAction: string | undefined;
  /** Whether it may be called without a signature. @default false */
  readonly anonymous?: boolean;
  /** The answer without its request id. @throws {@link Refusal} */
  readonly answer: (parameters: ReadonlyMap<string, string>, context: OperationContext) => OperationAnswer;
}

export type OperationAnswer = Readonly<Record<string, unknown>>;

export interface OperationContext {
  readonly world: World;
  readonly assumptions: Assumptions;
  readonly roles: Roles;
  readonly sessions: Sessions;
  /** `undefined` only for anonymous calls. */
  readonly principal: Principal | undefined;
  /** The emulator's time, in milliseconds since the epoch. */
  readonly now: number;
}

/** @throws {@link Refusal} `Missing{name}` when the parameter is absent or empty. */
export function requiredParameter(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw missing(name);
  return value;
}

/** @throws {@link Refusal} `Invalid{name}` when the parameter is not a whole number. */
export function integerParameter(parameters: ReadonlyMap<string, string>, name: string): number | undefined {
  const value = parameters.get(name);
  if (value === undefined || value === '') return undefined;
  if (/^-?\d{1,9}$/.test(value)) return Number(value);
  throw new Refusal(`Invalid${name}`, { message: `The specified parameter ${name} is not valid.` });
}
