import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentEncode } from './canonical-query.ts';

describe('percentEncode', () => {
  it.each([
    ['', ''],
    ['AZaz09-_.~', 'AZaz09-_.~'],
    [' ', '%20'],
    ['+', '%2B'],
    ['*', '%2A'],
    ["!'()", '%21%27%28%29'],
    ['/:', '%2F%3A'],
    ['a%20b', 'a%2520b'],
    ['标', '%E6%A0%87'],
    ['🐳', '%F0%9F%90%B3'],
    ['\u0000\u007f', '%00%7F'],
  ])('writes %j as %s', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });

  it('encodes any text as RFC 3986 does, byte by byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        expect(percentEncode(text)).toBe(byTheBook(text));
      }),
      { seed: 3986, numRuns: 3000 },
    );
  });

  it.each(['\ud83d', 'a\udc33b'])('rejects half a surrogate pair: %j', (text) => {
    expect(() => percentEncode(text)).toThrow(URIError);
  });
});

function byTheBook(text: string): string {
  let encoded = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9\-_.~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
