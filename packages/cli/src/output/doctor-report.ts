import manifest from '../../package.json' with { type: 'json' };
import { TRIED } from '../doctor/action-findings.ts';
import type { Diagnosis } from '../doctor/diagnose.ts';
import { type Finding, type FindingState, NOTHING_TO_DO } from '../doctor/finding.ts';
import { envelope } from './json.ts';
import { type Palette, printable } from './terminal.ts';

/** The JSON document, for support tickets: versions and every finding. */
export function doctorDocument(
  { findings, verdict, exitCode, endpoint }: Diagnosis,
  observedAt: Date,
): Readonly<Record<string, unknown>> {
  return {
    ...envelope({ source: 'doctor', observedAt, requestId: undefined, endpoint }),
    version: manifest.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    verdict,
    exitCode,
    findings,
  };
}

export interface FindingPrinter {
  /** One line for each finding, and its remedy below it. */
  readonly lines: (findings: readonly Finding[]) => string;
  /** The verdict, after all findings. */
  readonly verdict: (diagnosis: Diagnosis) => string;
}

/** Formats findings in groups, so that each group can be printed as soon as it is known. */
export function findingPrinter(paint: Palette): FindingPrinter {
  const printed = new Set<string>();
  return {
    lines: (findings) => {
      // Skipped findings often share one remedy with another finding: print it once.
      for (const { state, remedy } of findings) if (state !== 'skipped') printed.add(remedy);
      const lines = findings.flatMap((finding) => {
        const { remedy, state } = finding;
        const repeats = remedy === NOTHING_TO_DO || (state === 'skipped' && printed.has(remedy));
        printed.add(remedy);
        const line = findingLine(finding, paint);
        return repeats ? [line] : [line, ...remedyLines(finding)];
      });
      return lines.map((line) => `${line}\n`).join('');
    },
    verdict: ({ findings, verdict, exitCode }) => `\n${verdictLine(findings, verdict, exitCode)}\n`,
  };
}

/** The longest title. Constant, because the first finding is printed before the others are known. */
const TITLE_WIDTH = Math.max(...TRIED.map(({ ramAction }) => ramAction.length));

const MARKS: Readonly<Record<FindingState, string>> = {
  ok: '✓ ok     ',
  warn: '! warn   ',
  fail: '✗ FAIL   ',
  skipped: '- skipped',
};

function findingLine({ state, title, detail }: Finding, paint: Palette): string {
  const mark = { ok: paint.green, warn: paint.yellow, fail: paint.red, skipped: paint.dim }[state];
  return `${mark(MARKS[state])}  ${printable(title).padEnd(TITLE_WIDTH)}  ${printable(detail)}`;
}

/** The remedy, and the RAM policy to attach when there is one. */
function remedyLines({ remedy, facts }: Finding): readonly string[] {
  const margin = ' '.repeat(MARKS.ok.length + 2);
  const policy = facts['policy'];
  return [
    `${margin}→ ${printable(remedy)}`,
    ...(policy === undefined ? [] : [`${margin}  ${printable(JSON.stringify(policy))}`]),
  ];
}

const VERDICTS: Readonly<Record<Diagnosis['verdict'], string>> = {
  ok: 'All checks passed',
  warn: 'Passed with warnings',
  fail: 'Fix the first failure, then run doctor again',
  interrupted: 'Interrupted before the last check',
};

function verdictLine(findings: readonly Finding[], verdict: Diagnosis['verdict'], exitCode: number): string {
  const count = (wanted: FindingState): number => findings.filter(({ state }) => state === wanted).length;
  const counts = `${count('ok')} ok, ${count('warn')} warn, ${count('fail')} fail, ${count('skipped')} skipped`;
  return `${VERDICTS[verdict]}: ${counts} (exit code ${exitCode}).`;
}
