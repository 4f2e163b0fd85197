import type { Assumptions } from '../assumptions.ts';
import { ApiError, missingParameter } from '../gateway/api-error.ts';
import type { Principal } from '../gateway/ram-policy.ts';
import type { Roles } from '../sts/roles.ts';
import type { Sessions } from '../sts/sessions.ts';
import type { World } from '../world/world.ts';

/** One API operation, as data. */
export interface Operation {
  readonly name: string;
  /** API version, for example `2018-12-03`. */
  readonly version: string;
  /** Product code, for example `Sas`. */
  readonly product: string;
  /** The RAM action that is checked, for example `yundun-sas:DescribeImage`. `undefined` when no permission is needed. */
  readonly ramAction: string | undefined;
  /** Whether it may be called without a signature. @default false */
  readonly anonymous?: boolean;
  /** The answer without its request id. @throws {@link ApiError} */
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

/** @throws {@link ApiError} `Missing{name}` when the parameter is absent or empty. */
export function requiredParameter(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

/** @throws {@link ApiError} `Invalid{name}` when the parameter is not a whole number. */
export function integerParameter(parameters: ReadonlyMap<string, string>, name: string): number | undefined {
  const value = parameters.get(name);
  if (value === undefined || value === '') return undefined;
  if (/^-?\d{1,9}$/.test(value)) return Number(value);
  throw new ApiError(`Invalid${name}`, { message: `The specified parameter ${name} is not valid.` });
}
