import type { Assumptions } from '../assumptions.ts';
import { missing, Refusal } from '../gateway/refusal.ts';
import type { World } from '../world/world.ts';

/** One API operation as data: everything that differs between operations. */
export interface Operation {
  readonly name: string;
  /** API version, for example `2018-12-03`. */
  readonly version: string;
  /** Product code, for example `Sas`. */
  readonly product: string;
  /** What RAM must allow, for example `yundun-sas:DescribeImage`. */
  readonly ramAction: string;
  /** The answer without its request id. */
  readonly answer: (parameters: ReadonlyMap<string, string>, context: OperationContext) => OperationAnswer;
}

export type OperationAnswer = Readonly<Record<string, unknown>>;

export interface OperationContext {
  readonly world: World;
  readonly assumptions: Assumptions;
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
  const number = /^-?\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) {
    throw new Refusal(`Invalid${name}`, { message: `The specified parameter ${name} is not valid.` });
  }
  return number;
}
