/** A reference in a file, and the text to edit in order to pin it. */
export interface FoundImage {
  /** The reference without its digest. */
  readonly reference: string;
  /** The digest in the file. */
  readonly digest: string | undefined;
  readonly place: Place;
  readonly target: EditTarget;
}

/** An image that cannot be read or edited, with the reason. */
export interface SkippedImage {
  readonly text: string;
  readonly place: Place;
  readonly reason: string;
}

export interface FoundImages {
  readonly images: readonly FoundImage[];
  readonly skipped: readonly SkippedImage[];
}

/** Counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The characters of one scalar, without its quotes. */
export interface EditTarget {
  readonly start: number;
  readonly end: number;
  /** `suffix`: the digest is appended after `@`. `field`: the scalar has only the digest. */
  readonly kind: 'suffix' | 'field';
  /** Whether an empty text is a text: an unquoted one is null. */
  readonly isQuoted: boolean;
}

/** Splits `name:tag@sha256:…`. */
export function splitDigest(text: string): { readonly name: string; readonly digest: string | undefined } {
  const at = text.indexOf('@');
  return at < 0 ? { name: text, digest: undefined } : { name: text.slice(0, at), digest: text.slice(at + 1) };
}

/** The file with each image pinned to its digest, or unpinned for `undefined`. All other bytes are kept. */
export function withDigests(
  text: string,
  images: readonly FoundImage[],
  digestOf: (image: FoundImage) => string | undefined,
): string {
  let result = '';
  let end = 0;
  const edits = new Map(images.map((image) => [image.target.start, image]));
  for (const [start, image] of [...edits].sort(([a], [b]) => a - b)) {
    const { target } = image;
    const digest = digestOf(image);
    const { name } = splitDigest(text.slice(start, target.end));
    const suffix = digest === undefined ? name : `${name}@${digest}`;
    result += text.slice(end, start) + (target.kind === 'suffix' ? suffix : (digest ?? ''));
    end = target.end;
  }
  return result + text.slice(end);
}

/** Converts offsets into places. */
export function placesOf(text: string): (offset: number) => Place {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1))
    starts.push(index + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
