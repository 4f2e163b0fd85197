// Relative links in Markdown lead to a file that exists, and to a heading that is in it.
import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { listFiles } from './workspace/list-files.ts';
import { anchors, type Link, links, readMarkdown } from './workspace/markdown.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** Every relative link of the repository's Markdown that leads nowhere. */
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
  if (destination.startsWith('..')) return [{ where, what: `"${target}" leads out of the repository` }];
  if (!existsSync(join(root, destination))) return [{ where, what: `"${target}" leads to no file` }];
  if (anchor === undefined || !destination.endsWith('.md') || !statSync(join(root, destination)).isFile())
    return [];
  return anchors(readMarkdown(root, destination)).has(anchor)
    ? []
    : [{ where, what: `${destination} has no heading for "#${anchor}"` }];
}

if (isProgram(import.meta)) reportProblems(findBrokenLinks(ROOT), 'every relative link leads somewhere');
