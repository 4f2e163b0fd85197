import type { Image } from '@describe-image/core';
import { assessRisk, type RiskState } from '@describe-image/core/images';
import type { Palette } from './palette.ts';
import { printable } from './printable.ts';
import { renderTable, type TableColumn, tableWidth } from './table.ts';

/** Images for people: short digests, and as much of the rest as the width allows. */
export function imagesTable(images: readonly Image[], paint: Palette, width: number | undefined): string {
  const roomy = roomyColumns(paint);
  const paintTitles = paint.bold;
  if (width === undefined || tableWidth(roomy, images) <= width)
    return renderTable(roomy, images, { paintTitles });
  return renderTable(narrowColumns(paint), images, { width, gap: 1, paintTitles });
}

/** Images for other programs: a line each, tabs between columns, nothing shortened, no titles. */
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

/** Said where the service says nothing: never 0, never blank. */
const UNKNOWN = '?';

function roomyColumns(paint: Palette): readonly TableColumn<Image>[] {
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
