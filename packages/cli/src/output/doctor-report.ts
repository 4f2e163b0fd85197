import manifest from '../../package.json' with { type: 'json' };
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

/** One line per finding with its remedy below it, then the verdict. */
export function doctorText({ findings, verdict, exitCode }: Diagnosis, paint: Palette): string {
  const width = Math.max(...findings.map(({ title }) => title.length));
  const printed = new Set(findings.filter(({ state }) => state !== 'skipped').map(({ remedy }) => remedy));
  const lines = findings.flatMap((finding) => {
    // Skipped findings often share one remedy: print it once.
    const repeats =
      finding.remedy === NOTHING_TO_DO || (finding.state === 'skipped' && printed.has(finding.remedy));
    printed.add(finding.remedy);
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
};

function verdictLine(findings: readonly Finding[], verdict: Diagnosis['verdict'], exitCode: number): string {
  const count = (wanted: FindingState): number => findings.filter(({ state }) => state === wanted).length;
  const counts = `${count('ok')} ok, ${count('warn')} warn, ${count('fail')} fail, ${count('skipped')} skipped`;
  return `${VERDICTS[verdict]}: ${counts} (exit code ${exitCode}).`;
}
