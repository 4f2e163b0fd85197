import { describe, expect, it } from 'vitest';
import { findBrokenLinks } from './check-links.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

describe('findBrokenLinks', () => {
  it.each([
    ['a file that is not there', '[x](missing.md)', '"missing.md" leads to no file'],
    ['a heading that is not there', '[x](other.md#gone)', 'docs/other.md has no heading for "#gone"'],
    ['a heading of its own that is not there', '[x](#gone)', 'docs/a.md has no heading for "#gone"'],
    ['a picture that is not there', '![x](p.png)', '"p.png" leads to no file'],
    ['a definition that leads nowhere', '[x][y]\n\n[y]: gone.md', '"gone.md" leads to no file'],
    [
      'a file outside the repository',
      '[x](../../secret.md)',
      '"../../secret.md" leads out of the repository',
    ],
  ])('finds a link to %s', (_sentence, text, what) => {
    const root = temporaryRepository({ 'docs/a.md': text, 'docs/other.md': '# Other\n' });
    expect(findBrokenLinks(root)).toMatchObject([{ what }]);
  });

  it('follows links to files, folders, headings spelled as GitHub does, and leaves the web alone', () => {
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
