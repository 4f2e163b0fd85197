import { rehearse } from '../../release/rehearse.ts';
import type { Step } from '../step.ts';

export const releaseRehearsal: Step = {
  name: 'release',
  title: 'A release is versioned, published to a local registry, installed from it and upgraded',
  run: async () => (await rehearse()).counts,
};
