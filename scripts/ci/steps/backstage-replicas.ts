import { bringPrograms } from '../bring-programs.ts';
import { buildForBackstage, proveBackstage } from '../prove-backstage.ts';
import type { Step } from '../step.ts';

/** The two servers. `pg_ctlcluster` comes with any PostgreSQL of Debian. */
const PROGRAMS: [program: string, aptPackage: string][] = [
  ['redis-server', 'redis-server'],
  ['pg_ctlcluster', 'postgresql'],
];

export const backstageReplicas: Step = {
  name: 'backstage-replicas',
  title: 'Two Backstage backends refresh once and report a change once, although one is killed',
  async run() {
    await bringPrograms(PROGRAMS);
    await buildForBackstage();
    return proveBackstage('backstage-replicas', 'prove-replicas.config.ts');
  },
};
