import { join } from 'node:path';
import { ROOT } from '../../workspace/root.ts';
import { mustRun } from '../../workspace/run-command.ts';
import { bringPrograms } from '../bring-programs.ts';
import { runVitest } from '../run-vitest.ts';
import type { Step } from '../step.ts';

/** What n8n's database is compiled with, and the browser, with the packages that bring them to Debian. */
const PROGRAMS: [program: string, aptPackage: string][] = [
  ['g++', 'g++'],
  ['make', 'make'],
  ['python3', 'python3'],
  ['chromium', 'chromium'],
];

export const realN8n: Step = {
  name: 'real-n8n',
  title: 'The packed nodes work in the real n8n, by its command line and in Chromium',
  async run() {
    await bringPrograms(PROGRAMS);
    await mustRun(
      [
        process.execPath,
        'node_modules/turbo/bin/turbo',
        'run',
        'build',
        '--filter',
        '@describe-image/n8n^...',
      ],
      { quiet: true },
    );
    await mustRun([process.execPath, 'apps/n8n/src/install-n8n.ts']);
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    return runVitest('real-n8n', [process.execPath, vitest, 'run', '--config', 'prove.config.ts'], {
      cwd: join(ROOT, 'apps/n8n'),
    });
  },
};
