import { bringPrograms } from '../bring-programs.ts';
import { buildForBackstage, proveBackstage } from '../prove-backstage.ts';
import type { Step } from '../step.ts';

export const backstageConsumer: Step = {
  name: 'backstage-consumer',
  title: 'A Backstage outside the repository installs what npm would publish, and shows the card',
  async run() {
    await bringPrograms([['chromium', 'chromium']]);
    await buildForBackstage();
    return proveBackstage('backstage-consumer', 'prove-consumer.config.ts');
  },
};
