import type { Vulnerability } from '@describe-image/core';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { FailOn } from './output-formats.ts';
import type { ImageVulnerabilities } from './read-vulnerabilities.ts';

/** The notes about a list: what it is of, and whether it can be relied on. */
export function subjectNotes({ name, subject, isChanged }: ImageVulnerabilities): readonly string[] {
  const { digest, liveDigest, isLive, scanned, scan } = subject;
  const notes: string[] = [];
  if (isLive === false)
    notes.push(
      liveDigest === undefined
        ? `${name}: the scan is of ${digest}, but DescribeImage has no digest for the tag`
        : `${name}: the scan is of another digest, ${digest}; the tag has ${liveDigest}`,
    );
  if (scanned === false)
    notes.push(
      `${name}: no current scan of this digest: ${scan?.reason ?? 'the inventory has no such image'}`,
    );
  if (scanned === undefined) notes.push(`${name}: it is unknown whether this digest was scanned`);
  if (isChanged) notes.push(`${name}: the list changed while it was read, so vulnerabilities may be missing`);
  return notes;
}

const INCLUDED: Readonly<Record<FailOn, (necessity: string) => boolean>> = {
  asap: (necessity) => necessity === 'asap',
  // A priority that is not documented counts as urgent as later.
  later: (necessity) => necessity !== 'nntf',
  any: () => true,
};

/** The error for an image that `--fail-on` does not accept. */
export function rejection(
  failOn: FailOn,
  image: ImageVulnerabilities,
  vulnerabilities: readonly Vulnerability[],
  verb: 'has' | 'introduces',
): CommandError | undefined {
  const found = vulnerabilities.filter(({ necessity }) => INCLUDED[failOn](necessity)).length;
  const [problem] = subjectNotes(image);
  const message =
    found > 0
      ? `${image.name}: ${verb} ${found} ${found === 1 ? 'vulnerability' : 'vulnerabilities'} that --fail-on ${failOn} does not accept`
      : problem;
  if (message === undefined) return undefined;
  const remedy =
    found > 0
      ? 'Fix them: --output json has the commands in updateCmd. Then scan the new image.'
      : 'Scan the image in the Security Center console, then try again.';
  return new CommandError('NotAcceptable', EXIT.notAcceptable, message, remedy);
}
