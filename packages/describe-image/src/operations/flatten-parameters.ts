import { ValidationError } from '../errors/errors.ts';
import type { FlatParameters } from '../protocol/operation.ts';

/** A request parameter. `undefined` and `null` are not sent. @public */
export type ParameterValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly ParameterValue[]
  | { readonly [name: string]: ParameterValue };

/** Parameters by their wire names. @public */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/**
 * Flattens parameters as the RPC style requires: lists to `Name.1`, `Name.2`, objects to `Name.Key`.
 *
 * @throws {@link ValidationError} for a value without a text form (NaN, a Date, a function), and for two values of one name.
 */
export function flattenParameters(action: string, values: ParameterValues): FlatParameters {
  const flat = new Map<string, { readonly value: string; readonly origin: string }>();
  for (const name of Object.keys(values)) add(name, values[name], name);
  // Not assigned one by one: that would lose a parameter called __proto__.
  return Object.fromEntries([...flat].map(([name, { value }]) => [name, value]));

  function add(name: string, value: unknown, origin: string): void {
    if (value === undefined || value === null) return;
    if (isText(value)) set(name, String(value), origin);
    else if (Array.isArray(value))
      value.forEach((item, index) => {
        add(`${name}.${index + 1}`, item, origin);
      });
    else if (isPlainObject(value))
      for (const key of Object.keys(value)) add(`${name}.${key}`, value[key], origin);
    else
      throw new ValidationError(
        `${action}: ${name} must be a string, a number, a boolean, or a list or object of them, got ${Object.prototype.toString.call(value)}`,
      );
  }

  function set(name: string, value: string, origin: string): void {
    const other = flat.get(name)?.origin;
    if (other !== undefined)
      throw new ValidationError(
        `${action}: ${name} must have one value, got two from ${JSON.stringify(other)} and ${JSON.stringify(origin)}`,
      );
    flat.set(name, { value, origin });
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
