import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { listFiles } from './list-files.ts';
import { codeBlocks, readMarkdown } from './markdown.ts';

/** A TypeScript block of the documentation. */
export interface Example {
  /** The file that contains it. */
  readonly file: string;
  /** The line before its first line. */
  readonly line: number;
  readonly text: string;
}

const TYPESCRIPT: ReadonlySet<string> = new Set(['ts', 'typescript', 'mts']);

/** All TypeScript blocks in Markdown files and in the doc comments of the packages. */
export function findExamples(root: string): Example[] {
  const documents = listFiles(root, '*.md').filter(
    (file) => !file.startsWith('.changeset/') && !file.endsWith('.api.md'),
  );
  const sources = listFiles(root, 'packages/*.ts', 'packages/*.tsx').filter(
    (file) => !file.endsWith('.test.ts'),
  );
  return [
    ...documents.flatMap((file) => examplesOf(file, codeBlocks(readMarkdown(root, file)))),
    ...sources.flatMap((file) => commentExamples(file, readFileSync(join(root, file), 'utf8'))),
  ];
}

function commentExamples(file: string, source: string): Example[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) => {
    const linesAbove = source.slice(0, index).split('\n').length - 1;
    const markdown = comment
      .replace(/^\/\*\*/, '')
      .replace(/\*\/$/, '')
      .replace(/^[ \t]*\* ?/gm, '');
    return examplesOf(file, codeBlocks(fromMarkdown(markdown)), linesAbove);
  });
}

function examplesOf(file: string, blocks: ReturnType<typeof codeBlocks>, linesAbove = 0): Example[] {
  return blocks
    .filter(({ language }) => TYPESCRIPT.has(language))
    .map(({ text, line }) => ({ file, line: linesAbove + line, text }));
}
