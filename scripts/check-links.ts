// Relative links in Markdown point to existing files and headings. A translation has the same code blocks as its original.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path/posix';
import { listFiles } from './workspace/list-files.ts';
import { anchors, codeBlocks, type Link, links, readMarkdown } from './workspace/markdown.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** All broken relative links of the Markdown files. */
export function findBrokenLinks(root: string): Problem[] {
  return listFiles(root, '*.md').flatMap((file) =>
    links(readMarkdown(root, file))
      .filter(({ target }) => !ELSEWHERE.test(target))
      .flatMap((link) => brokenLink(root, file, link)),
  );
}

function brokenLink(root: string, file: string, { target, line }: Link): Problem[] {
  const [path = '', anchor] = decodeURI(target).split('#', 2);
  const destination = path === '' ? file : normalize(join(dirname(file), path));
  const where = `${file}:${line}`;
  if (destination.startsWith('..'))
    return [{ where, what: `"${target}" points to a file outside the repository` }];
  if (!existsSync(join(root, destination))) return [{ where, what: `"${target}" points to a missing file` }];
  if (anchor === undefined || !destination.endsWith('.md') || !statSync(join(root, destination)).isFile())
    return [];
  return anchors(readMarkdown(root, destination)).has(anchor)
    ? []
    : [{ where, what: `${destination} has no heading for "#${anchor}"` }];
}

const TRANSLATION = '-zh-CN.md';

/** Every translated document that lacks its original, a link to or from it, or one of its code blocks. */
export function findTranslationProblems(root: string): Problem[] {
  return listFiles(root, `*${TRANSLATION}`).flatMap((file) => {
    const original = file.replace(TRANSLATION, '.md');
    if (!existsSync(join(root, original))) return [{ where: file, what: `has no original ${original}` }];
    return [
      ...missingLink(root, file, original),
      ...missingLink(root, original, file),
      ...differentCode(root, file, original),
    ];
  });
}

function missingLink(root: string, from: string, to: string): Problem[] {
  const target = basename(to);
  const isLinked = links(readMarkdown(root, from)).some((link) => link.target === target);
  return isLinked ? [] : [{ where: from, what: `must link to ${target}` }];
}

function differentCode(root: string, file: string, original: string): Problem[] {
  const actual = codeBlocks(readMarkdown(root, file));
  const expected = codeBlocks(readMarkdown(root, original));
  if (actual.length !== expected.length)
    return [
      {
        where: file,
        what: `must have the ${expected.length} code blocks of ${original}, got ${actual.length}`,
      },
    ];
  return actual
    .filter(({ text, language }, index) => {
      const block = expected[index];
      return text !== block?.text || language !== block.language;
    })
    .map(({ line }) => ({
      where: `${file}:${line}`,
      what: `the code block differs from the one in ${original}`,
    }));
}

if (isProgram(import.meta))
  reportProblems(
    [...findBrokenLinks(ROOT), ...findTranslationProblems(ROOT)],
    'every relative link works, and translations have the code of their originals',
  );
