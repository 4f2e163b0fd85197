// Runs the emulator in a separate process, so that its CPU time is not measured. Each message returns the number of calls since the
// previous message.
import { createEmulator } from '@describe-image/emulator';
import { IMAGE } from './contenders.mts';

const TAGS = 1_000;

const digestOf = (index: number): string => index.toString(16).padStart(64, '0');

const emulator = await createEmulator({
  seed: {
    keys: [{ accessKeyId: 'bench-access-key-id', accessKeySecret: 'bench-access-key-secret' }],
    registries: [
      {
        regionId: IMAGE.regionId,
        instanceId: IMAGE.instanceId,
        repositories: [
          {
            repoId: IMAGE.repoId,
            namespace: 'shop',
            name: 'checkout',
            tags: Array.from({ length: TAGS }, (_, index) => ({
              tag: `t${index}`,
              history: [{ at: '-1d', digest: digestOf(index) }],
            })),
          },
        ],
      },
    ],
  },
});
process.on('message', () => {
  process.send?.({ calls: emulator.requests.length });
  emulator.reset();
});
process.on('disconnect', () => process.exit());
process.send?.({ url: emulator.url });
