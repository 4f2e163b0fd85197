import type { Image } from '@describe-image/core';
import { assessRisk, type RiskState } from '@describe-image/core/images';
import { renderTable, type TableColumn, tableWidth } from './table.ts';
import { type Palette, printable } from './terminal.ts';

/** A table with shortened digests. A narrow terminal gets fewer and shorter columns. */
export function imagesTable(images: readonly Image[], paint: Palette, width: number | undefined): string {
  const wide = wideColumns(paint);
  const paintTitles = paint.bold;
  if (width === undefined || tableWidth(wide, images) <= width)
    return renderTable(wide, images, { paintTitles });
  return renderTable(narrowColumns(paint), images, { width, gap: 1, paintTitles });
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
}): readonly string[] {
  const { count, totalCount, inventoryChanged } = summary;
  const notes = [`${count} of ${totalCount ?? '?'} images`];
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
    { title: 'REPOSITORY', cell: repositoryOf, shrinkable: true },
    { title: 'TAG', cell: ({ tag }) => textOf(tag), shrinkable: true },
    { title: 'DIGEST', cell: ({ digest }) => digest?.slice(0, 'sha256:'.length + 12) ?? UNKNOWN },
    ...riskColumns(paint),
    { title: 'LAST SCAN', cell: (image) => minuteOf(assessRisk(image).lastScanTime) },
    { title: 'REGION', cell: ({ regionId }) => textOf(regionId) },
  ];
}

function narrowColumns(paint: Palette): readonly TableColumn<Image>[] {
  return [
    { title: 'REPOSITORY', cell: repositoryOf, shrinkable: true },
    { title: 'TAG', cell: ({ tag }) => textOf(tag), shrinkable: true },
    {
      title: 'DIGEST',
      cell: ({ digest }) => digest?.slice('sha256:'.length, 'sha256:'.length + 12) ?? UNKNOWN,
    },
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
