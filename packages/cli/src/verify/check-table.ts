import { renderTable, type TableColumn, tableWidth } from '../output/table.ts';
import { type Palette, printable } from '../output/terminal.ts';
import type { CheckStatus, ImageCheck } from './check-image.ts';
import { placeText } from './declaration.ts';

/** A table, or a list on a narrow terminal; then the reason of each check that failed. */
export function checkTable(checks: readonly ImageCheck[], paint: Palette, width: number | undefined): string {
  const columns = columnsFor(checks, paint);
  const table =
    width === undefined || tableWidth(columns, checks) <= width
      ? renderTable(columns, checks, { paintTitles: paint.bold })
      : checks.map((check) => listEntry(check, columns)).join('');
  const reasons = checks
    .filter(({ status }) => status !== 'match' && status !== 'unpinned')
    .map(({ reference, reason }) => `${printable(reference)}: ${printable(reason ?? '')}\n`);
  return reasons.length === 0 ? table : `${table}\n${reasons.join('')}`;
}

function columnsFor(checks: readonly ImageCheck[], paint: Palette): readonly TableColumn<ImageCheck>[] {
  const colors: Readonly<Record<CheckStatus, (text: string) => string>> = {
    match: paint.green,
    unpinned: paint.dim,
    mismatch: paint.red,
    missing: paint.red,
    'not-acceptable': paint.red,
    error: paint.red,
  };
  const isRunning = checks.some(({ running }) => running !== undefined);
  return [
    {
      title: 'STATUS',
      cell: ({ status }) => status,
      paint: (text, { status }) => colors[status](text),
    },
    { title: 'IMAGE', cell: ({ reference }) => printable(reference) },
    { title: 'DECLARED', cell: ({ declared }) => short(declared) },
    { title: 'LIVE', cell: ({ live }) => short(live) },
    { title: 'INVENTORY', cell: ({ inventory }) => short(inventory) },
    ...(isRunning ? [{ title: 'RUNNING', cell: ({ running }: ImageCheck) => short(running) }] : []),
    { title: 'SCAN', cell: ({ risk }) => risk?.state ?? '?' },
    { title: 'PLACE', cell: ({ places }) => placesText(places) },
  ];
}

function listEntry(check: ImageCheck, columns: readonly TableColumn<ImageCheck>[]): string {
  const [status, image, ...others] = columns;
  if (status === undefined || image === undefined) return '';
  const text = status.cell(check);
  const fields = others.map(({ title, cell }) => `  ${title.padEnd(10)}${cell(check)}\n`);
  return `${status.paint?.(text, check) ?? text} ${image.cell(check)}\n${fields.join('')}`;
}

function placesText(places: ImageCheck['places']): string {
  const [first] = places;
  const more = places.length > 1 ? ` and ${places.length - 1} more` : '';
  return first === undefined ? '' : `${printable(placeText(first))}${more}`;
}

function short(digest: string | undefined): string {
  return digest?.replace('sha256:', '').slice(0, 12) ?? '?';
}
