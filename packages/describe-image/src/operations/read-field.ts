/** Text, where the wire has text or a number. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** A whole number, where the wire has one or its decimal text: the service is not consistent. */
export function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? Number(number) : undefined;
}

/** 0 or 1. */
export function flag(value: unknown): boolean | undefined {
  const number = integer(value);
  return number === 0 ? false : number === 1 ? true : undefined;
}

/** Epoch milliseconds, as a number or as text. 0 stands for "never" and is left out. */
export function instant(value: unknown): Date | undefined {
  const milliseconds = integer(value);
  const date = new Date(milliseconds || Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** JSON text, read. */
export function json(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
