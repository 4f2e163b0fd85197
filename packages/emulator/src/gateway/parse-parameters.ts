import { Refusal } from './refusal.ts';

/** One decoded parameter of a query string or a form body. */
export type Parameter = readonly [name: string, value: string];

/**
 * Decodes a raw query string or form body, keeping order and repeats.
 *
 * @remarks `+` is a space, as in every servlet container; clients that mean a plus send `%2B`.
 * @throws {@link Refusal} when an escape is not valid percent-encoded UTF-8.
 */
export function parseParameters(raw: string): Parameter[] {
  if (raw === '') return [];
  return raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const mark = pair.indexOf('=');
      return mark === -1 ? [decode(pair), ''] : [decode(pair.slice(0, mark)), decode(pair.slice(mark + 1))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    throw new Refusal('InvalidParameter', {
      message: 'The request contains a parameter that is not percent-encoded UTF-8.',
    });
  }
}
