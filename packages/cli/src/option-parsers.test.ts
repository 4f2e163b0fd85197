import { expect, it } from 'vitest';
import { parseDuration } from './option-parsers.ts';

it.each([
  ['1500', 1500],
  ['1500ms', 1500],
  ['10s', 10_000],
  ['0.5s', 500],
  ['2m', 120_000],
])('parses %s as %i milliseconds', (text, milliseconds) => {
  expect(parseDuration('--timeout', text)).toBe(milliseconds);
});

it.each(['', '0', '0s', '-1s', '10h', '1e3', ' 5s', 's', 'Infinity'])(
  'rejects the duration %j and names the flag',
  (text) => {
    expect(() => parseDuration('--timeout', text)).toThrow(/^--timeout: expected a duration/);
  },
);
