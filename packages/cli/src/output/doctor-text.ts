import type { Diagnosis } from '../doctor/diagnose.ts';
import { type Finding, type FindingState, NOTHING_TO_DO } from '../doctor/finding.ts';
import type { Palette } from './palette.ts';
import { printable } from './printable.ts';

/** A line for each finding, its remedy below it, and the verdict. */
export function doctorText({ findings, verdict, exitCode }: Diagnosis, paint: Palette): string {
  const width = Math.max(...findings.map(({ title }) => title.length));
  const lines = findings.flatMap((finding) => findingLines(finding, width, paint));
  return `${[...lines, '', verdictLine(findings, verdict, exitCode)].join('\n')}\n`;
}

const MARKS: Readonly<Record<FindingState, string>> = {
  ok: '✓ ok     ',
  warn: '! warn   ',
  fail: '✗ FAIL   ',
  skipped: '- skipped',
};

function findingLines(finding: Finding, width: number, paint: Palette): readonly string[] {
  const { state, title, detail, remedy } = finding;
  const mark = { ok: paint.green, warn: paint.yellow, fail: paint.red, skipped: paint.dim }[state];
  const line = `${mark(MARKS[state])}  ${printable(title).padEnd(width)}  ${printable(detail)}`;
  if (remedy === NOTHING_TO_DO) return [line];
  const margin = ' '.repeat(MARKS.ok.length + 2);
  return [
    line,
    `${margin}→ ${printable(remedy)}`,
    ...policyLines(finding).map((text) => `${margin}  ${text}`),
  ];
}

/** Ready to paste. */
function policyLines({ facts }: Finding): readonly string[] {
  const policy = facts['policy'];
  return policy === undefined ? [] : [printable(JSON.stringify(policy))];
}

function verdictLine(findings: readonly Finding[], verdict: Diagnosis['verdict'], exitCode: number): string {
  const count = (wanted: FindingState): number => findings.filter(({ state }) => state === wanted).length;
  const counts = `${count('ok')} ok, ${count('warn')} warn, ${count('fail')} fail, ${count('skipped')} skipped`;
  const words = {
    ok: 'All is well',
    warn: 'It works, with warnings',
    fail: 'Mend the first failure, then run doctor again',
  };
  return `${words[verdict]}: ${counts} (exit code ${exitCode}).`;
}
