import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

export interface CodeBlock {
  /** The first word after the fence, e.g. `ts`. */
  readonly language: string;
  /** The words after it. */
  readonly note: string;
  readonly text: string;
  /** The line of the fence. */
  readonly line: number;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

/** Reads a Markdown file of the repository. */
export function readMarkdown(root: string, file: string): Root {
  return fromMarkdown(readFileSync(join(root, file), 'utf8'));
}

/** The fenced code blocks of a document, in order. */
export function codeBlocks(document: Root): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  visit(document, 'code', ({ lang, meta, value, position }) => {
    blocks.push({ language: lang ?? '', note: meta ?? '', text: value, line: position?.start.line ?? 0 });
  });
  return blocks;
}

/** The targets of a document's links, images and reference definitions. */
export function links(document: Root): Link[] {
  const found: Link[] = [];
  visit(document, (node) => {
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return;
    found.push({ target: node.url, line: node.position?.start.line ?? 0 });
  });
  return found;
}

/** The anchors that GitHub generates for the headings of a document. */
export function anchors(document: Root): Set<string> {
  const slugger = new GithubSlugger();
  const found = new Set<string>();
  visit(document, 'heading', (heading) => {
    found.add(slugger.slug(textOf(heading)));
  });
  return found;
}
