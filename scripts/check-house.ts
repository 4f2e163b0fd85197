// Rules of the house that no linter knows.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listFiles } from './workspace/list-files.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

/** Words that must not be in any file, and what to write in their stead. */
const FORBIDDEN_TEXT = [
  {
    pattern: /(?<![\w.])\/(?:work|root)\/|\/tmp\/bash/,
    what: 'names a folder of one machine; write a relative path',
  },
  {
    pattern: /registry\.(?:npmjs|npmmirror|yarnpkg)\./,
    what: 'names the host of a registry; say "the npm registry"',
  },
  { pattern: /\b(?:TO)DO\b|\b(?:FIX)ME\b/, what: 'leaves work behind in a comment; do it, or file an issue' },
  { pattern: /@ts-(?:ignore|nocheck)/, what: 'silences the compiler; parse the value, or narrow its type' },
  {
    pattern: /\bas any\b(?! \w)/,
    what: 'casts to any; parse the value, or narrow its type',
    only: /\.[cm]?tsx?$/,
  },
] as const;

const NAMELESS = /^(?:utils?|helpers?|misc|common|shared)$/;

/** Everything in the repository's files that the house forbids. */
export function findHouseProblems(root: string): Problem[] {
  const files = listFiles(root);
  return [
    ...files.flatMap((file) => nameProblems(file)),
    ...files.flatMap((file) => textProblems(root, file)),
  ];
}

function nameProblems(file: string): Problem[] {
  const names = file.split('/').map((part) => part.replace(/\..*$/, ''));
  const nameless = names.find((name) => NAMELESS.test(name));
  return nameless === undefined
    ? []
    : [{ where: file, what: `"${nameless}" names no concept; name it after what it holds` }];
}

function textProblems(root: string, file: string): Problem[] {
  const bytes = readFileSync(join(root, file));
  if (bytes.includes(0)) return []; // not text
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line, index) =>
      FORBIDDEN_TEXT.filter(
        (rule) => rule.pattern.test(line) && (!('only' in rule) || rule.only.test(basename(file))),
      ).map(({ what }) => ({ where: `${file}:${index + 1}`, what })),
    );
}

if (isProgram(import.meta)) {
  reportProblems(findHouseProblems(ROOT), 'no file breaks a rule of the house');
}
