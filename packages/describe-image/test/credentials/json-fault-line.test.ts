import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonFaultLine } from '../../src/credentials/files/json-fault-line.ts';

it.each([
  ['{\n"a": 1,\n}', 3],
  ['{\n"a" 1\n}', 2],
  ['{"a": [1,\n2,\n"x\n"]}', 3],
  ['\n\n  nope', 3],
  ['{"a": 1', 1],
  ['[[1, 2]\n, tru]', 2],
  ['', 1],
])('finds the fault of %j on line %i', (text, line) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(jsonFaultLine(text)).toBe(line);
});

it('returns no line before the one where any text was inserted', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, position) => {
      const text = JSON.stringify(value, null, 1);
      const at = position % (text.length + 1);
      const broken = `${text.slice(0, at)}\u0001${text.slice(at)}`;
      expect(jsonFaultLine(broken)).toBeGreaterThanOrEqual(text.slice(0, at).split('\n').length - 1);
      expect(jsonFaultLine(broken)).toBeLessThanOrEqual(text.split('\n').length);
    }),
    { seed: 7 },
  );
});
