import type { Diagnosis } from '../doctor/diagnose.ts';
import { type Finding, type FindingState, NOTHING_TO_DO } from '../doctor/finding.ts';
import type { Palette } from './palette.ts';
import { printable } from './printable.ts';

/** A line for each finding, its remedy below it, and the verdict. */
export function doctorText({ findings, verdict, exitCode }: Diagnosis, paint: Palette): string {
  const width = Math.max(...findings.map(({ title }) => title.length));
  const said = new Set(findings.filter(({ state }) => state !== 'skipped').map(({ remedy }) => remedy));
  const lines = findings.flatMap((finding) => {
    // What is skipped mostly waits for the same remedy as its neighbours: once is enough.
    const repeats =
      finding.remedy === NOTHING_TO_DO || (finding.state === 'skipped' && said.has(finding.remedy));
    said.add(finding.remedy);
    const line = findingLine(finding, width, paint);
    return repeats ? [line] : [line, ...remedyLines(finding)];
  });
  return `${[...lines, '', verdictLine(findings, verdict, exitCode)].join('\n')}\n`;
}

const MARKS: Readonly<Record<FindingState, string>> = {
  ok: '✓ ok     ',
  warn: '! warn   ',
  fail: '✗ FAIL   ',
  skipped: '- skipped',
};

function findingLine({ state, title, detail }: Finding, width: number, paint: Palette): string {
  const mark = { ok: paint.green, warn: paint.yellow, fail: paint.red, skipped: paint.dim }[state];
  return `${mark(MARKS[state])}  ${printable(title).padEnd(width)}  ${printable(detail)}`;
}

/** With the policy that would help, ready to paste. */
function remedyLines({ remedy, facts }: Finding): readonly string[] {
  const margin = ' '.repeat(MARKS.ok.length + 2);
  const policy = facts['policy'];
  return [
    `${margin}→ ${printable(remedy)}`,
    ...(policy === undefined ? [] : [`${margin}  ${printable(JSON.stringify(policy))}`]),
  ];
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
