import { expect, it } from 'vitest';
import { finishedLines } from './finished-lines.ts';
import { formatOf, parseReferences } from './read-references.ts';

const named = (reference: string) => ({ reference, hints: {} });

it.each<[string, string, string, readonly object[]]>([
  ['text with comments and blank lines', 'images', '# shop\n\n  a:1\r\nb:2\n', [named('a:1'), named('b:2')]],
  ['CSV without titles', 'images.csv', 'a:1,x\nb:2\n', [named('a:1'), named('b:2')]],
  [
    'CSV with titles',
    'images.csv',
    '\ufeffTeam,Reference,Instance\nshop,"a:1",cri-1\nweb,b:2,\n',
    [{ reference: 'a:1', hints: { instanceId: 'cri-1' } }, named('b:2')],
  ],
  ['NDJSON of texts', '-', '"a:1"\n"b:2"', [named('a:1'), named('b:2')]],
  [
    'NDJSON of objects',
    'images.ndjson',
    '{"image":"a:1"}\n{"reference":"b:2","region":"cn-hangzhou","repo":"crr-1"}\n',
    [named('a:1'), { reference: 'b:2', hints: { regionId: 'cn-hangzhou', repoId: 'crr-1' } }],
  ],
])('reads %s', async (_, path, text, expected) => {
  expect(await parseReferences(path, text)).toEqual(expected);
});

it('recognises the format by the name, then by the first character', () => {
  expect(formatOf('a.CSV', '{')).toBe('csv');
  expect(formatOf('a.jsonl', 'x')).toBe('ndjson');
  expect(formatOf('-', ' {"image":"a"}')).toBe('ndjson');
  expect(formatOf('a.txt', 'shop/a:1')).toBe('text');
});

it.each([
  ['a line that is not JSON', 'x.ndjson', '"a"\n{', 'x.ndjson:2: not JSON'],
  ['an object without a reference', 'x.ndjson', '{"tag":"1"}', 'x.ndjson:1: has neither'],
  ['a row without a reference', 'x.csv', 'image\na\n""\n', 'x.csv: row 3: has neither'],
  ['CSV with an open quote', 'x.csv', '"a', 'x.csv: Quote'],
])('names the place of %s', async (_, path, text, message) => {
  await expect(parseReferences(path, text)).rejects.toThrow(message);
});

it('keeps the finished lines of an earlier output, without errors and without a cut line', () => {
  const line = (fields: object) => JSON.stringify({ schemaVersion: 1, ...fields });
  const done = line({ reference: 'a:1', digest: 'sha256:1', error: null });
  const text = [
    done,
    line({ reference: 'b:1', digest: null, error: { code: 'NotFound' } }),
    line({ reference: 'c:1', digest: 'sha256:1', error: { code: 'Mismatch' } }),
    done.slice(0, 30),
  ].join('\n');
  expect([...finishedLines('out', text)]).toEqual([['a:1', done]]);
  expect(() => finishedLines('out', `{}\n${text}`)).toThrow(
    '--resume: out:1 is no line of an earlier output',
  );
  expect(() => finishedLines('out', `x\n${text}`)).toThrow('out:1');
});
