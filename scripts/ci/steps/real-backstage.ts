import { bringPrograms } from '../bring-programs.ts';
import { buildForBackstage, proveBackstage } from '../prove-backstage.ts';
import type { Step } from '../step.ts';

export const realBackstage: Step = {
  name: 'real-backstage',
  title: 'The built Backstage shows images in Chromium, in both frontend systems',
  async run() {
    await bringPrograms([['chromium', 'chromium']]);
    await buildForBackstage();
    return proveBackstage('real-backstage', 'prove.config.ts');
  },
};
