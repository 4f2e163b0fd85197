import { demoCredentials, type SeedKey } from '@describe-image/emulator';

/** The keys of the two instances in app-config.yaml: one may do everything it needs, the other lacks DescribeImage. They open nothing but an emulator. */
export const demoKeys: Readonly<Record<'main' | 'recovery', SeedKey>> = {
  main: { ...demoCredentials, user: 'backstage' },
  recovery: {
    accessKeyId: 'demo-recovery-key-id',
    accessKeySecret: 'demo-recovery-key-secret',
    user: 'backstage-recovery',
    deny: ['yundun-sas:*'],
  },
};
