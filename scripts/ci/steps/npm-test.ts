import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../workspace/is-record.ts';
import { listProjects } from '../../workspace/list-projects.ts';
import { ROOT } from '../../workspace/root.ts';
import { runCommand } from '../../workspace/run-command.ts';
import { MACHINE_ENV } from '../machine.ts';
import { type Counts, FAILED, type Step, total } from '../step.ts';
import { vitestCounts } from '../vitest-counts.ts';

export const npmTest: Step = {
  name: 'test',
  title: '`npm test` works with only Node and npm installed',
  async run() {
    const reports = listProjects(ROOT)
      .filter(({ manifest }) => isRecord(manifest['scripts']) && 'test' in manifest['scripts'])
      .map(({ folder }) => join(ROOT, folder, '.artifacts/vitest.json'));
    for (const file of reports) rmSync(file, { force: true });
    const { exitCode } = await runCommand(['npm', 'test'], { env: MACHINE_ENV });
    const counts = total(reports.map(countsOf));
    return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  },
};

function countsOf(report: string): Counts {
  if (existsSync(report)) return vitestCounts(report);
  console.log(`${report} is missing: these tests did not run`);
  return FAILED;
}
