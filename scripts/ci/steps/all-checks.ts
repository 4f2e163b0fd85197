import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../workspace/is-record.ts';
import { mustRun, runCommand } from '../../workspace/run-command.ts';
import { ARTIFACTS, MACHINE_ENV } from '../machine.ts';
import type { Step } from '../step.ts';

export const allChecks: Step = {
  name: 'check',
  title: 'Format, lint, types, imports, sizes, packages, documents',
  async run() {
    const file = join(ARTIFACTS, 'check.json');
    rmSync(file, { force: true });
    const before = await changedFiles();
    await runCommand(['npm', 'run', 'check', '--silent', '--', '--report', file], { env: MACHINE_ENV });
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(report) || typeof report['passed'] !== 'number' || typeof report['failed'] !== 'number') {
      throw new Error('the checks wrote no counts');
    }
    const after = await changedFiles();
    if (after === before) return { passed: report['passed'], failed: report['failed'], skipped: 0 };
    // The build writes the exports of some packages, for example.
    console.log(`the checks changed files; run \`pnpm build\` and commit them\n${after}`);
    return { passed: report['passed'], failed: report['failed'] + 1, skipped: 0 };
  },
};

async function changedFiles(): Promise<string> {
  return (await mustRun(['git', 'status', '--porcelain'], { quiet: true })).stdout;
}
