// Conventions that no linter checks: forbidden text, file names and the vocabulary of STYLE.md.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { VOCABULARY, VOCABULARY_EXCEPTIONS } from './vocabulary.ts';
import { listFiles } from './workspace/list-files.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

/** Text that must not be in any file, and what to write instead. */
const FORBIDDEN_TEXT = [
  {
    pattern: /(?<![\w.])\/(?:work|root)\/|\/tmp\/bash/,
    what: 'names a folder of one machine; write a relative path',
  },
  {
    pattern: /registry\.(?:npmjs|npmmirror|yarnpkg)\./,
    what: 'names the host of a registry; write "the npm registry"',
  },
  { pattern: /\b(?:TO)DO\b|\b(?:FIX)ME\b/, what: 'marks unfinished work; finish it, or file an issue' },
  { pattern: /@ts-(?:ignore|nocheck)/, what: 'silences the compiler; parse the value, or narrow its type' },
];

const NAMELESS = /^(?:utils?|helpers?|misc|common|shared)$/;

/** Generated files and texts of others: licenses, lock files, recorded responses, changelogs, API reports. */
const WRITTEN_BY_OTHERS = /(?:^|\/)(?:LICENSE|CHANGELOG\.md|pnpm-lock\.yaml|fixtures\/.*|.*\.api\.md)$/;

/** File names and lines that break a convention. */
export function findConventionProblems(root: string): Problem[] {
  const files = listFiles(root);
  return [
    ...files.flatMap((file) => nameProblems(file)),
    ...files.flatMap((file) =>
      lines(root, file).flatMap((line, index) =>
        FORBIDDEN_TEXT.filter(({ pattern }) => pattern.test(line)).map(({ what }) => ({
          where: `${file}:${index + 1}`,
          what,
        })),
      ),
    ),
  ];
}

function nameProblems(file: string): Problem[] {
  const names = file.split('/').map((part) => part.replace(/\..*$/, ''));
  const nameless = names.find((name) => NAMELESS.test(name));
  return nameless === undefined
    ? []
    : [{ where: file, what: `"${nameless}" names no concept; name it after its content` }];
}

/** Lines and file names with a word that STYLE.md replaces. */
export function findVocabularyProblems(root: string): Problem[] {
  return listFiles(root)
    .filter((file) => !WRITTEN_BY_OTHERS.test(file))
    .flatMap((file) => [
      ...vocabularyProblems(file, basename(file), file),
      ...lines(root, file).flatMap((line, index) => vocabularyProblems(file, line, `${file}:${index + 1}`)),
    ]);
}

function vocabularyProblems(file: string, text: string, where: string): Problem[] {
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .replaceAll('’', "'");
  return VOCABULARY.flatMap(({ pattern, use }) => {
    const found = pattern.exec(words);
    if (found === null || isException(file, text)) return [];
    return [{ where, what: `uses "${found[0].trim()}"; write ${use}` }];
  });
}

function isException(file: string, text: string): boolean {
  return VOCABULARY_EXCEPTIONS.some((exception) => exception.file.test(file) && exception.text.test(text));
}

function lines(root: string, file: string): string[] {
  const bytes = readFileSync(join(root, file));
  return bytes.includes(0) ? [] : bytes.toString('utf8').split('\n'); // binary files have no lines
}

if (isProgram(import.meta)) {
  const problems = [...findConventionProblems(ROOT), ...findVocabularyProblems(ROOT)];
  reportProblems(problems, 'every file follows the conventions');
}
