import { mustRun } from '../../workspace/run-command.ts';
import { bringPrograms } from '../bring-programs.ts';
import { bringN8n, proveN8n } from '../prove-n8n.ts';
import type { Step } from '../step.ts';

export const realN8n: Step = {
  name: 'real-n8n',
  title: 'The packed nodes work in the real n8n, by its command line and in Chromium',
  async run() {
    await bringPrograms([['chromium', 'chromium']]);
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
    await bringN8n();
    return proveN8n('real-n8n', 'prove.config.ts');
  },
};
