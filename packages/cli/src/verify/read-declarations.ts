import { stat } from 'node:fs/promises';
import { normalizeDigest } from '@describe-image/core';
import { parseReferences, readInput } from '../batch/read-references.ts';
import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { splitDigest } from '../manifests/found-image.ts';
import { listManifests, readManifest } from '../manifests/manifest-files.ts';
import { type Declaration, mergeDeclarations } from './declaration.ts';
import { kubectlImages } from './kubectl-images.ts';

export interface Declarations {
  readonly declarations: readonly Declaration[];
  /** Images in files that cannot be read, each as a line. */
  readonly skipped: readonly string[];
}

/** Reads references, files, folders and stdin. @throws UsageError for an argument that is none of them. */
export async function readDeclarations(
  { args, options }: CommandInput,
  context: CliContext,
): Promise<Declarations> {
  const declarations: Declaration[] = [];
  const skipped: string[] = [];
  for (const argument of args) {
    if (argument === '-') declarations.push(...(await fromStdin(context)));
    else if (await isFileOrPattern(argument))
      for (const path of await listManifests([argument])) {
        const file = await readManifest(path);
        for (const { reference, digest, place } of file.images)
          declarations.push(declarationOf(reference, digest, { name: path, line: place.line }));
        for (const { text, place, reason } of file.skipped)
          skipped.push(`${path}:${place.line}: ${text}: ${reason}`);
      }
    else {
      const { name, digest } = splitDigest(argument);
      declarations.push(declarationOf(name, digest, { name: 'command line' }));
    }
  }
  return { declarations: mergeDeclarations(expected(declarations, options.text('expect'))), skipped };
}

function expected(declarations: readonly Declaration[], text: string | undefined): readonly Declaration[] {
  if (text === undefined) return declarations;
  const digest = normalizeDigest(text);
  const [declaration, another] = declarations;
  if (digest === undefined)
    throw new UsageError(
      `--expect: expected a digest, got ${JSON.stringify(text)}`,
      'A digest is sha256: and 64 hex digits.',
    );
  if (declaration === undefined || another !== undefined || declaration.declared !== undefined)
    throw new UsageError('--expect requires exactly one reference without a digest', 'Give one reference.');
  return [{ ...declaration, declared: digest }];
}

/** A reference without a tag is looked up by its digest. */
function declarationOf(
  name: string,
  digest: string | undefined,
  place: Declaration['places'][number],
): Declaration {
  const hasTag = /:[^/]+$/.test(name);
  const reference = hasTag || digest === undefined ? name : `${name}@${digest}`;
  return { reference, declared: digest, running: undefined, places: [place] };
}

async function fromStdin(context: CliContext): Promise<readonly Declaration[]> {
  const text = await readInput('-', context);
  if (/^\s*\{/.test(text) && /"kind"\s*:/.test(text)) return kubectlImages(text);
  return (await parseReferences('-', text)).map(({ reference }) => {
    const { name, digest } = splitDigest(reference);
    return declarationOf(name, digest, { name: 'stdin' });
  });
}

/** A reference never exists as a file, except in a folder that has its name. */
async function isFileOrPattern(argument: string): Promise<boolean> {
  if (/[*?[{]/.test(argument) || /\.(?:ya?ml|json)$/i.test(argument)) return true;
  return (await stat(argument).catch(() => undefined)) !== undefined;
}
