import { ValidationError } from '../errors/errors.ts';
import type { FlatParameters } from '../protocol/operation.ts';

/** A request parameter in its natural shape. `undefined` and `null` are left out. */
export type ParameterValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly ParameterValue[]
  | { readonly [name: string]: ParameterValue };

/** Parameters by their wire names. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/**
 * RPC flattening: lists become `Name.1`, `Name.2`, objects `Name.Key`.
 *
 * @throws {@link ValidationError} for what has no faithful text: NaN, a Date, a function.
 */
export function flattenParameters(action: string, values: ParameterValues): FlatParameters {
  const flat: Record<string, string> = {};
  for (const name of Object.keys(values)) add(name, values[name]);
  return flat;

  function add(name: string, value: unknown): void {
    if (value === undefined || value === null) return;
    if (isText(value)) flat[name] = String(value);
    else if (Array.isArray(value))
      value.forEach((item, index) => {
        add(`${name}.${index + 1}`, item);
      });
    else if (isPlainObject(value)) for (const key of Object.keys(value)) add(`${name}.${key}`, value[key]);
    else
      throw new ValidationError(
        `${action}: ${name} must be text, a number or a boolean, or a list or object of them, not ${Object.prototype.toString.call(value)}`,
      );
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : /string|bigint|boolean/.test(typeof value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
