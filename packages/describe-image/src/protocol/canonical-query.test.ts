import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuery } from './canonical-query.ts';

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
