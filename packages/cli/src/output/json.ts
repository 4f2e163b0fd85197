import type { Image } from '@describe-image/core';
import { assessRisk, type RiskAssessment } from '@describe-image/core/images';

/** The first fields of every JSON document. Renaming or removing one requires a new `schemaVersion`. */
export interface Envelope {
  readonly schemaVersion: 1;
  /** The operation that answered; `doctor` for findings; `local` when no request was sent. Absent in an error. */
  readonly source:
    | 'DescribeImage'
    | 'DescribeImageInstances'
    | 'DescribeImageVulList'
    | 'doctor'
    | 'local'
    | undefined;
  readonly observedAt: Date | undefined;
  readonly requestId: string | undefined;
  readonly endpoint: string | undefined;
}

export function envelope(fields: Omit<Envelope, 'schemaVersion'>): Envelope {
  const { source, observedAt, requestId, endpoint } = fields;
  return { schemaVersion: 1, source, observedAt, requestId, endpoint };
}

/** An inventory row with its risk. `raw` is left out: it repeats the other fields. */
export function imageJson(image: Image): Omit<Image, 'raw'> & { readonly risk: RiskAssessment } {
  const { raw, ...fields } = image;
  return { ...fields, risk: assessRisk(image) };
}

/** An indented document with a final newline. */
export function jsonDocument(value: unknown): string {
  return `${terminalSafe(JSON.stringify(value, undefinedAsNull, 2))}\n`;
}

/** A document on one line, for NDJSON. */
export function jsonLine(value: unknown): string {
  return `${terminalSafe(JSON.stringify(value, undefinedAsNull))}\n`;
}

/** Every document has the same keys: an unknown value is `null`, never absent. */
function undefinedAsNull(_key: string, value: unknown): unknown {
  return value === undefined ? null : value;
}

/** JSON escapes control characters below U+0020 only; terminals also interpret U+007F to U+009F. */
function terminalSafe(json: string): string {
  return json.replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
