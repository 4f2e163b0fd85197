import { isObject } from '../protocol/is-object.ts';
import { kindOf, unreadableAnswer } from './unreadable-answer.ts';

/** A string or a number, as a string. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** An integer, as a number or as decimal text: the service uses both. */
export function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? Number(number) : undefined;
}

/** 0 or 1. */
export function flag(value: unknown): boolean | undefined {
  const number = integer(value);
  return number === 0 ? false : number === 1 ? true : undefined;
}

/** Epoch milliseconds, as a number or as text. 0 means "never". */
export function instant(value: unknown): Date | undefined {
  const milliseconds = integer(value);
  const date = new Date(milliseconds || Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The value of a JSON text. */
export function json(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** @throws {@link ServiceError} if the documented list is missing: a missing list is not an empty one. */
export function objectList(
  action: string,
  name: string,
  document: Readonly<Record<string, unknown>>,
  requestId: string | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  const rows = document[name];
  if (Array.isArray(rows) && rows.every(isObject)) return rows;
  throw unreadableAnswer(action, `${name} must be a list of objects, got ${kindOf(rows)}`, requestId);
}
