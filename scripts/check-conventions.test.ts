import { describe, expect, it } from 'vitest';
import { findConventionProblems, findVocabularyProblems } from './check-conventions.ts';
import { VOCABULARY_EXCEPTIONS } from './vocabulary.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

describe('findConventionProblems', () => {
  it.each([
    ['a folder of one machine', ['', 'work', 'main/x'].join('/')],
    ["the administrator's home", ['cd ', 'root', 'x'].join('/')],
    ["a registry's host", ['https://registry', 'npmjs', 'org'].join('.')],
    ['unfinished work', ['// TO', 'DO: later'].join('')],
    ['a silenced compiler', ['// @ts', 'ignore'].join('-')],
  ])('reports %s and its line', (_sentence, text) => {
    const root = temporaryRepository({ 'src/a.ts': `one\n${text}\n` });
    expect(findConventionProblems(root).map(({ where }) => where)).toEqual(['src/a.ts:2']);
  });

  it.each(['src/utils.ts', 'src/helpers/x.ts', 'src/misc.test.ts', 'src/common.ts'])(
    'reports the name of %s',
    (file) => {
      const root = temporaryRepository({ [file]: '' });
      expect(findConventionProblems(root)).toMatchObject([{ where: file }]);
    },
  );

  it('accepts prose, addresses and names that only contain such words', () => {
    const root = temporaryRepository({
      'docs/a.md': `At work, as any user: see ${['https://example.com', 'work', 'root'].join('/')} and ${['network', 'root', 'x'].join('/')}.\n`,
      'packages/backstage-plugin-x-common/a.ts': '',
      'image.png': `\0${['', 'work', ''].join('/')}`,
    });
    expect(findConventionProblems(root)).toEqual([]);
  });
});

describe('findVocabularyProblems', () => {
  it.each([
    ['a comment', '// It tells the caller.'],
    ['a title', "it('says what is wrong', () => {});"],
    ['an identifier', 'const tellMoves = 1;'],
    ['a constant', 'const PATIENCE_MS = 1;'],
    ['Markdown', 'Calls wait for their turn.'],
    ['a metaphor', 'let flights = 0;'],
    ['an observation', 'const word = readWord(row);'],
  ])('finds a replaced word in %s', (_place, text) => {
    const root = temporaryRepository({ 'src/a.ts': `one\n${text}\n` });
    expect(findVocabularyProblems(root).map(({ where }) => where)).toEqual(['src/a.ts:2']);
  });

  it('reports a replaced word in a file name', () => {
    const root = temporaryRepository({ 'src/share-flights.ts': '' });
    expect(findVocabularyProblems(root)).toMatchObject([{ where: 'src/share-flights.ts' }]);
  });

  it.each([
    'The dashboard returns the keyword in the landing page.',
    'An in-flight request is shared; inFlight counts them.',
    '`0` turns retrying off. It turns the text into a value. Each connection in turn.',
    'Two words, separated by a space. A preflight request. A greenhouse.',
  ])('accepts %s', (text) => {
    expect(findVocabularyProblems(temporaryRepository({ 'a.md': text }))).toEqual([]);
  });

  it('ignores generated text and text of others', () => {
    const files = { LICENSE: 'whoever', 'test/fixtures/x.json': '"nobody"' };
    expect(findVocabularyProblems(temporaryRepository(files))).toEqual([]);
  });

  it('has at most ten exceptions', () => {
    expect(VOCABULARY_EXCEPTIONS.length).toBeLessThanOrEqual(10);
  });
});
