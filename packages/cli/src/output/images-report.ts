import type { Image } from '@describe-image/core';
import { assessRisk, type RiskState } from '@describe-image/core/images';
import { renderTable, type TableColumn, tableWidth } from './table.ts';
import { type Palette, printable } from './terminal.ts';

/** How images are printed for people: as a table, or as a list when even the narrow table is wider than the terminal. */
export interface ImagesView {
  readonly text: string;
  /** Titles of the columns that the terminal is too narrow for. */
  readonly hidden: readonly string[];
}

/** Prints shortened digests. No text is wrapped, so that a tag can be copied. */
export function imagesView(images: readonly Image[], paint: Palette, width: number | undefined): ImagesView {
  const wide = wideColumns(paint);
  const paintTitles = paint.bold;
  if (width === undefined || tableWidth(wide, images) <= width)
    return { text: renderTable(wide, images, { paintTitles }), hidden: [] };
  const narrow = narrowColumns(paint);
  const gap = 1;
  if (tableWidth(narrow, images, gap) > width) return { text: imagesList(images, paint), hidden: [] };
  const titles = new Set(narrow.map(({ title }) => title));
  const hidden = wide.map(({ title }) => title).filter((title) => !titles.has(title));
  return { text: renderTable(narrow, images, { gap, paintTitles }), hidden };
}

/** Three lines for each image. */
function imagesList(images: readonly Image[], paint: Palette): string {
  const [scan, ...counts] = riskColumns(paint);
  return images
    .map((image) => {
      const state = scan?.cell(image) ?? UNKNOWN;
      const numbers = counts.map(({ title, cell }) => `${title} ${cell(image)}`).join('  ');
      const scanned = `LAST SCAN ${minuteOf(assessRisk(image).lastScanTime)}`;
      return [
        `${paint.bold(`${repositoryOf(image)}:${textOf(image.tag)}`)}\n`,
        `  ${shortDigest(image)}  ${scan?.paint?.(state, image) ?? state}  ${numbers}\n`,
        `  ${scanned}  ${textOf(image.regionId)}\n`,
      ].join('');
    })
    .join('');
}

/** Tab-separated lines for other programs: one per image, no titles, nothing shortened. */
export function imagesTsv(images: readonly Image[]): string {
  return images
    .map((image) => {
      const { state, vulnerabilities, alerts, baselineRisks, lastScanTime } = assessRisk(image);
      const cells = [
        repositoryOf(image),
        textOf(image.tag),
        textOf(image.digest),
        state,
        countOf(vulnerabilities),
        countOf(alerts),
        countOf(baselineRisks),
        lastScanTime?.toISOString() ?? UNKNOWN,
        textOf(image.regionId),
      ];
      return `${cells.join('\t')}\n`;
    })
    .join('');
}

/** The lines below a list: its size, and whether rows may be missing. */
export function listingNotes(summary: {
  readonly count: number;
  readonly totalCount: number | undefined;
  readonly inventoryChanged: boolean;
  readonly hidden: readonly string[];
}): readonly string[] {
  const { count, totalCount, inventoryChanged, hidden } = summary;
  const notes = [`${count} of ${totalCount ?? '?'} images`];
  if (hidden.length > 0)
    notes.push(
      `note: the terminal is too narrow for ${hidden.join(', ')}. Use a wider one, or --output tsv for all values`,
    );
  if (totalCount === 0)
    notes.push(
      'note: Security Center lists synchronised images only; an image that was just pushed may be missing',
    );
  if (inventoryChanged)
    notes.push(
      'warning: the inventory changed while it was read, so rows may be missing. List again to be sure',
    );
  return notes;
}

/** Printed for a value that the service did not provide: never 0, never blank. */
const UNKNOWN = '?';

function wideColumns(paint: Palette): readonly TableColumn<Image>[] {
  return [
    { title: 'REPOSITORY', cell: repositoryOf },
    { title: 'TAG', cell: ({ tag }) => textOf(tag) },
    { title: 'DIGEST', cell: shortDigest },
    ...riskColumns(paint),
    { title: 'LAST SCAN', cell: (image) => minuteOf(assessRisk(image).lastScanTime) },
    { title: 'REGION', cell: ({ regionId }) => textOf(regionId) },
  ];
}

function narrowColumns(paint: Palette): readonly TableColumn<Image>[] {
  return [
    { title: 'REPOSITORY', cell: repositoryOf },
    { title: 'TAG', cell: ({ tag }) => textOf(tag) },
    { title: 'DIGEST', cell: (image) => shortDigest(image).replace('sha256:', '') },
    ...riskColumns(paint),
    { title: 'LAST SCAN', cell: (image) => minuteOf(assessRisk(image).lastScanTime).slice(0, 10) },
  ];
}

function riskColumns(paint: Palette): readonly TableColumn<Image>[] {
  const colors: Readonly<Record<RiskState, (text: string) => string>> = {
    clean: paint.green,
    risky: paint.red,
    failed: paint.red,
    stale: paint.yellow,
    scanning: paint.cyan,
    unknown: paint.dim,
  };
  return [
    {
      title: 'SCAN',
      cell: (image) => assessRisk(image).state,
      paint: (text, image) => colors[assessRisk(image).state](text),
    },
    { title: 'VULN', cell: (image) => countOf(assessRisk(image).vulnerabilities), align: 'right' },
    { title: 'ALERT', cell: (image) => countOf(assessRisk(image).alerts), align: 'right' },
    { title: 'BASE', cell: (image) => countOf(assessRisk(image).baselineRisks), align: 'right' },
  ];
}

function shortDigest({ digest }: Image): string {
  return digest?.slice(0, 'sha256:'.length + 12) ?? UNKNOWN;
}

function repositoryOf({ repoNamespace, repoName }: Image): string {
  return (
    printable([repoNamespace, repoName].filter((part) => part !== undefined && part !== '').join('/')) ||
    UNKNOWN
  );
}

function textOf(value: string | undefined): string {
  return value === undefined || value === '' ? UNKNOWN : printable(value);
}

function countOf(count: number | undefined): string {
  return count === undefined ? UNKNOWN : String(count);
}

function minuteOf(time: Date | undefined): string {
  return time === undefined ? UNKNOWN : time.toISOString().replace('T', ' ').slice(0, 16).concat('Z');
}
