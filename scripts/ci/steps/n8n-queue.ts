import { mustRun, runCommand } from '../../workspace/run-command.ts';
import { bringPrograms } from '../bring-programs.ts';
import type { Step } from '../step.ts';

/** What n8n's database is compiled with, and the two servers. `pg_ctlcluster` comes with any PostgreSQL of Debian. */
const PROGRAMS: [program: string, aptPackage: string][] = [
  ['g++', 'g++'],
  ['make', 'make'],
  ['python3', 'python3'],
  ['redis-server', 'redis-server'],
  ['pg_ctlcluster', 'postgresql'],
];

export const n8nQueue: Step = {
  name: 'n8n-queue',
  title: 'In queue mode no look-up is lost, though a worker is killed half way',
  async run() {
    await bringPrograms(PROGRAMS);
    const turbo = 'node_modules/turbo/bin/turbo';
    await mustRun([process.execPath, turbo, 'run', 'build', '--filter', '@describe-image/n8n^...'], {
      quiet: true,
    });
    await mustRun([process.execPath, 'apps/n8n/src/install-n8n.ts']);
    const proof = [process.execPath, '--conditions=source', 'apps/n8n/src/queue/prove.ts'];
    const { exitCode, stdout } = await runCommand(proof);
    const count = (mark: string): number => stdout.split('\n').filter((line) => line.startsWith(mark)).length;
    const failed = count('✗ ');
    return { passed: count('✓ '), failed: exitCode === 0 ? failed : Math.max(failed, 1), skipped: 0 };
  },
};
