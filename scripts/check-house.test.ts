import { describe, expect, it } from 'vitest';
import { findHouseProblems } from './check-house.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

describe('findHouseProblems', () => {
  it.each([
    ['a folder of one machine', ['', 'work', 'main/x'].join('/')],
    ["the administrator's home", ['cd ', 'root', 'x'].join('/')],
    ["a registry's host", ['https://registry', 'npmjs', 'org'].join('.')],
    ['work left behind', ['// TO', 'DO: later'].join('')],
    ['a silenced compiler', ['// @ts', 'ignore'].join('-')],
    ['a cast to any', ['value as', 'any'].join(' ')],
  ])('finds %s, with its line', (_sentence, text) => {
    const root = temporaryRepository({ 'src/a.ts': `one\n${text}\n` });
    expect(findHouseProblems(root).map(({ where }) => where)).toEqual(['src/a.ts:2']);
  });

  it.each(['src/utils.ts', 'src/helpers/x.ts', 'src/misc.test.ts', 'src/common.ts'])(
    'finds the name of %s',
    (file) => {
      const root = temporaryRepository({ [file]: '' });
      expect(findHouseProblems(root)).toMatchObject([{ where: file }]);
    },
  );

  it('is content with the rest: prose, addresses, names that merely contain such words', () => {
    const root = temporaryRepository({
      'docs/a.md': `At work, as any user: see ${['https://example.com', 'work', 'root'].join('/')} and ${['network', 'root', 'x'].join('/')}.\n`,
      'packages/backstage-plugin-x-common/a.ts': '',
      'image.png': `\0${['', 'work', ''].join('/')}`,
    });
    expect(findHouseProblems(root)).toEqual([]);
  });
});
