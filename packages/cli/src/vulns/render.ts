import type { Vulnerability } from '@describe-image/core';
import { jsonDocument, jsonLine } from '../output/json.ts';
import type { Palette } from '../output/terminal.ts';
import type { VulnsOutput } from './output-formats.ts';
import type { DiffReport, ImageVulnerabilities } from './read-vulnerabilities.ts';
import { sarifOf } from './sarif.ts';
import { diffDocument, diffLines, listDocument, listLines } from './vulnerability-json.ts';
import { diffMarkdown, listMarkdown } from './vulnerability-markdown.ts';
import { type View, vulnerabilityTable } from './vulnerability-table.ts';

export interface Presentation {
  readonly output: VulnsOutput;
  readonly paint: Palette;
  /** Of the terminal. */
  readonly width: number | undefined;
}

export function renderList(
  list: ImageVulnerabilities,
  shown: readonly Vulnerability[],
  { output, paint, width }: Presentation,
): View {
  switch (output) {
    case 'table':
      return vulnerabilityTable(
        shown.map((vulnerability) => ({ vulnerability })),
        paint,
        width,
      );
    case 'json':
      return only(jsonDocument(listDocument(list, shown)));
    case 'ndjson':
      return only(listLines(list, shown).map(jsonLine).join(''));
    case 'sarif':
      return only(jsonDocument(sarifOf(list, shown)));
    case 'markdown':
      return only(listMarkdown(list, shown));
  }
}

/** SARIF has only what the second image introduces. */
export function renderDiff(report: DiffReport, { output, paint, width }: Presentation): View {
  const { after, changes, limit } = report;
  const introduced = changes.introduced.slice(0, limit);
  switch (output) {
    case 'table':
      return vulnerabilityTable(
        [
          ...introduced.map((vulnerability) => ({ vulnerability, change: 'introduced' as const })),
          ...changes.fixed
            .slice(0, limit)
            .map((vulnerability) => ({ vulnerability, change: 'fixed' as const })),
        ],
        paint,
        width,
      );
    case 'json':
      return only(jsonDocument(diffDocument(report)));
    case 'ndjson':
      return only(diffLines(report).map(jsonLine).join(''));
    case 'sarif':
      return only(jsonDocument(sarifOf(after, introduced)));
    case 'markdown':
      return only(diffMarkdown(report));
  }
}

function only(text: string): View {
  return { text, notes: [] };
}
