import type { OverviewRow } from '@describe-image/backstage-plugin-describe-image-common';
import { type Stringifier, stringify } from 'csv-stringify';

type Column = readonly [header: string, read: (row: OverviewRow) => string | number | undefined];

const COLUMNS: readonly Column[] = [
  ['state', ({ image }) => image.state],
  ['entity', ({ entityRef }) => entityRef],
  ['title', ({ title }) => title],
  ['owner', ({ ownerRef }) => ownerRef],
  ['system', ({ systemRef }) => systemRef],
  ['repository', ({ image }) => image.repository],
  ['tag', ({ image }) => image.tag],
  ['label', ({ image }) => image.label],
  ['instance', ({ image }) => image.instance],
  ['drift', ({ image }) => image.drift],
  ['declared_digest', ({ image }) => image.declared],
  ['live_digest', ({ image }) => image.live?.digest],
  ['live_observed_at', ({ image }) => image.live?.observedAt],
  ['scanned_digest', ({ image }) => image.scanned?.digest],
  ['scanned_observed_at', ({ image }) => image.scanned?.observedAt],
  ['running_state', ({ image }) => image.running?.state],
  [
    'running_digests',
    ({ image }) => image.running?.digests.map(({ digest = 'unknown' }) => digest).join(' '),
  ],
  ['scan_state', ({ image }) => image.risk?.state],
  ['vulnerabilities', ({ image }) => image.risk?.vulnerabilities],
  ['alerts', ({ image }) => image.risk?.alerts],
  ['baseline_risks', ({ image }) => image.risk?.baselineRisks],
  ['last_scan_at', ({ image }) => image.risk?.lastScanTime],
  ['pinned', ({ image }) => image.pinned],
  ['last_move_at', ({ image }) => image.lastMove?.observedAt],
  ['failure', ({ image }) => image.failure?.kind],
  ['failure_message', ({ image }) => image.failure?.message],
  ['remedy', ({ image }) => image.failure?.remedy],
];

/**
 * Creates a stream from {@link csvRecord} to CSV. Spreadsheets do not run its values: an apostrophe precedes those that start like a formula.
 * The byte order mark makes them read it as UTF-8.
 */
export function createCsvStream(): Stringifier {
  return stringify({
    header: true,
    columns: COLUMNS.map(([header]) => header),
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

/** The values of a row. Unknown values are empty. */
export function csvRecord(row: OverviewRow): readonly (string | number | undefined)[] {
  return COLUMNS.map(([, read]) => read(row));
}
