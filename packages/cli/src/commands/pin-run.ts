import { type Resolution, resolveAll } from '../batch/resolve-all.ts';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { withoutSubject } from '../describe-error.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type FoundImage, type Place, withDigests } from '../manifests/found-image.ts';
import { listManifests, type ManifestFile, readManifest } from '../manifests/manifest-files.ts';
import { selection } from '../manifests/select-references.ts';
import { writeAtomically } from '../manifests/write-atomically.ts';
import { jsonDocument } from '../output/json.ts';
import { palette, printable } from '../output/terminal.ts';
import { describe } from '../report-error.ts';
import { PIN_OUTPUTS } from './output-formats.ts';

export { operations } from './digest-operations.ts';

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const files = await Promise.all((await listManifests(input.args)).map(readManifest));
  const isSelected = selection(input.options);
  const wanted = files.flatMap(({ images }) => images.map(({ reference }) => reference));
  const resolverOptions = {
    source: 'both',
    allowLastKnown: options.flag('allowLastKnown'),
    requireLive: options.flag('requireLive'),
    requireScanned: options.flag('requireScanned'),
    signal: context.signal,
  } as const;
  const references = wanted.filter(isSelected).filter(hasTag);
  const resolutions = await resolveAll(references, input, context, resolverOptions, async () => undefined);
  return applyEdits(files, input, context, (image) => {
    if (!isSelected(image.reference)) return undefined;
    if (!hasTag(image.reference)) return { reason: 'has no tag' };
    return digestOf(image.reference, resolutions.get(image.reference));
  });
}

/** Needs no keys: only the files are read. */
export async function runUnpin(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const files = await Promise.all((await listManifests(input.args)).map(readManifest));
  const isSelected = selection(input.options);
  return applyEdits(files, input, context, ({ reference, digest, target }) => {
    if (digest === undefined || !isSelected(reference)) return undefined;
    if (target.kind === 'field' && !target.isQuoted)
      return { reason: 'its digest is a field; remove the field by hand' };
    return { digest: undefined };
  });
}

/** The digest to write, or why the image stays. `undefined`: the image is not selected. */
type Edit =
  | { readonly digest: string | undefined; readonly reason?: undefined }
  | { readonly reason: string; readonly exitCode?: ExitCode }
  | undefined;

function digestOf(reference: string, resolution: Resolution | undefined): Edit {
  if (resolution?.resolved !== undefined) return { digest: resolution.resolved.digest };
  if (resolution === undefined) return { reason: 'was not looked up' };
  const { headline, exitCode } = describe(resolution.error);
  return { reason: withoutSubject(headline, reference), exitCode };
}

interface Change {
  readonly path: string;
  readonly place: Place;
  readonly reference: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

interface Kept {
  readonly path: string;
  readonly place: Place;
  readonly text: string;
  readonly reason: string;
  readonly exitCode: ExitCode;
}

/** Plans all edits, then writes the files that change. */
async function applyEdits(
  files: readonly ManifestFile[],
  input: CommandInput,
  context: CliContext,
  editOf: (image: FoundImage) => Edit,
): Promise<ExitCode> {
  const { options } = input;
  const changes: Change[] = [];
  const kept: Kept[] = [];
  const edited: { readonly file: ManifestFile; readonly text: string }[] = [];
  for (const file of files) {
    const { path } = file;
    for (const { text, place, reason } of file.skipped)
      kept.push({ path, place, text, reason, exitCode: EXIT.notFound });
    const text = withDigests(file.text, file.images, (image) => {
      const edit = editOf(image);
      const { reference, digest, place } = image;
      if (edit === undefined) return digest;
      if (edit.reason !== undefined) {
        const { reason, exitCode = EXIT.notFound } = edit;
        kept.push({ path, place, text: reference, reason, exitCode });
        return digest;
      }
      if (edit.digest !== digest) changes.push({ path, place, reference, from: digest, to: edit.digest });
      return edit.digest;
    });
    if (text !== file.text) edited.push({ file, text });
  }
  const isCheck = options.flag('check');
  if (!isCheck) for (const { file, text } of edited) await writeAtomically(file.path, text);
  await print({ files, edited, changes, kept }, input, context);
  if (isCheck && changes.length > 0) return EXIT.mismatch;
  const [unacceptable] = kept.filter(({ exitCode }) => exitCode === EXIT.notAcceptable);
  if (unacceptable !== undefined) return EXIT.notAcceptable;
  return options.flag('strict') ? (kept[0]?.exitCode ?? EXIT.found) : EXIT.found;
}

interface Plan {
  readonly files: readonly ManifestFile[];
  readonly edited: readonly { readonly file: ManifestFile; readonly text: string }[];
  readonly changes: readonly Change[];
  readonly kept: readonly Kept[];
}

async function print(
  { files, edited, changes, kept }: Plan,
  { options }: CommandInput,
  context: CliContext,
): Promise<void> {
  const { stdout, stderr } = context;
  if (options.choice('output', PIN_OUTPUTS, 'text') === 'json') {
    const isWritten = !options.flag('check');
    stdout.write(jsonDocument({ schemaVersion: 1, files: files.length, written: isWritten, changes, kept }));
    return;
  }
  if (options.flag('diff')) {
    const { createTwoFilesPatch } = await import('diff');
    for (const { file, text } of edited)
      stdout.write(createTwoFilesPatch(`a/${file.path}`, `b/${file.path}`, file.text, text));
  } else
    for (const { path, place, reference, from, to } of changes)
      stdout.write(
        `${printable(path)}:${place.line}: ${printable(reference)} ${shortDigest(from)} → ${shortDigest(to)}\n`,
      );
  const paint = palette(stderr, options, context);
  for (const { path, place, text, reason } of kept)
    stderr.write(
      `${paint.yellow('kept:')} ${printable(path)}:${place.line}: ${printable(text)}: ${printable(reason)}\n`,
    );
  const verb = options.flag('check') ? 'would change' : 'changed';
  stderr.write(
    `${edited.length} of ${files.length} files ${verb}, ${changes.length} images, ${kept.length} kept\n`,
  );
}

function shortDigest(digest: string | undefined): string {
  return digest?.slice(0, 'sha256:'.length + 12) ?? '(none)';
}

/** A reference without a tag means latest to Docker, but a digest without a tag loses it. */
function hasTag(reference: string): boolean {
  return /:[^/]+$/.test(reference);
}
