import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery, percentEncode } from './canonical-query.ts';

describe('canonicalQuery', () => {
  it('returns an empty text without parameters', () => {
    expect(canonicalQuery({})).toBe('');
  });

  it('keeps the = of an empty value', () => {
    expect(canonicalQuery({ B: '', A: '1' })).toBe('A=1&B=');
  });

  it('leaves out undefined and writes numbers and booleans as text', () => {
    expect(canonicalQuery({ PageSize: 20, Scanned: false, Lang: undefined })).toBe(
      'PageSize=20&Scanned=false',
    );
  });

  it('sorts raw names by code unit: digits, upper case, underscore, lower case', () => {
    const names = ['b', '_', 'B', 'a', 'Uuid.2', 'Uuid.10', '9', 'é', '\u{1f433}', '\uffee'];
    const query = canonicalQuery(Object.fromEntries(names.map((name) => [name, ''])));
    expect(query.split('&').map((pair) => decodeURIComponent(pair.slice(0, -1)))).toEqual([
      '9',
      'B',
      'Uuid.10',
      'Uuid.2',
      '_',
      'a',
      'b',
      'é',
      '\u{1f433}',
      '\uffee',
    ]);
  });

  it('encodes names as well as values', () => {
    expect(canonicalQuery({ 'Odd Key/中': 'a b' })).toBe('Odd%20Key%2F%E4%B8%AD=a%20b');
  });

  it('encodes any parameters so that they can be decoded', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'binary', maxLength: 6 }),
          fc.string({ unit: 'binary', maxLength: 6 }),
        ),
        (parameters) => {
          const pairs = canonicalQuery(parameters)
            .split('&')
            .filter((pair) => pair !== '')
            .map((pair) => pair.split('=').map(decodeURIComponent));
          expect(pairs).toEqual(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

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
