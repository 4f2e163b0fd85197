import { stripVTControlCharacters } from 'node:util';

/** Text of foreign origin made safe for a terminal: no escape sequences, no control characters, no reversal of direction. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Bidi_Control}]/gu, '');
}
