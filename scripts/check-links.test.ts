import { describe, expect, it } from 'vitest';
import { findBrokenLinks, findTranslationProblems } from './check-links.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

describe('findBrokenLinks', () => {
  it.each([
    ['a missing file', '[x](missing.md)', '"missing.md" points to a missing file'],
    [
      'a missing heading of another document',
      '[x](other.md#gone)',
      'docs/other.md has no heading for "#gone"',
    ],
    ['a missing heading of the same document', '[x](#gone)', 'docs/a.md has no heading for "#gone"'],
    ['a missing image', '![x](p.png)', '"p.png" points to a missing file'],
    ['a definition with a missing file', '[x][y]\n\n[y]: gone.md', '"gone.md" points to a missing file'],
    [
      'a file outside the repository',
      '[x](../../secret.md)',
      '"../../secret.md" points to a file outside the repository',
    ],
  ])('reports a link to %s', (_sentence, text, what) => {
    const root = temporaryRepository({ 'docs/a.md': text, 'docs/other.md': '# Other\n' });
    expect(findBrokenLinks(root)).toMatchObject([{ what }]);
  });

  it('accepts links to files, folders, headings as GitHub spells them, and web pages', () => {
    const root = temporaryRepository({
      'docs/a.md':
        '[a](../packages) [b](b.md#what-a-200-means) [c](https://example.com/x) [d](../LICENSE) `[e](no)`',
      'docs/b.md': '## What a `200` means\n',
      'packages/x.ts': '',
      LICENSE: '',
    });
    expect(findBrokenLinks(root)).toEqual([]);
  });
});

describe('findTranslationProblems', () => {
  const original = '[简体中文](README-zh-CN.md)\n\n```ts\na();\n```\n';
  const translation = '[English](README.md)\n\n```ts\na();\n```\n';
  const problems = (files: Record<string, string>): unknown =>
    findTranslationProblems(temporaryRepository(files)).map(({ what }) => what);

  it('accepts a translation with the code of its original and links both ways', () => {
    expect(problems({ 'README.md': original, 'README-zh-CN.md': translation })).toEqual([]);
  });

  it.each([
    ['another text', translation.replace('a();', 'b();'), 'differs'],
    ['another language', translation.replace('ts', 'js'), 'differs'],
    ['no code block', '[English](README.md)', 'must have the 1 code blocks'],
    ['no link to the original', translation.replace('README.md', 'x.md'), 'must link to README.md'],
  ])('rejects a translation with %s', (_case, text, what) => {
    expect(problems({ 'README.md': original, 'README-zh-CN.md': text })).toMatchObject([
      expect.stringContaining(what),
    ]);
  });

  it('rejects an original without a link to its translation', () => {
    const unlinked = original.replace('README-zh-CN.md', 'x.md');
    expect(problems({ 'README.md': unlinked, 'README-zh-CN.md': translation })).toEqual([
      'must link to README-zh-CN.md',
    ]);
  });

  it('rejects a translation without an original', () => {
    expect(problems({ 'README-zh-CN.md': translation })).toEqual(['has no original README.md']);
  });
});
