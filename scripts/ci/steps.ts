import type { Step } from './step.ts';
import { allChecks } from './steps/all-checks.ts';
import { backstageReplicas } from './steps/backstage-replicas.ts';
import { freshCloneDemo } from './steps/fresh-clone-demo.ts';
import { n8nQueue } from './steps/n8n-queue.ts';
import { nodeVersions } from './steps/node-versions.ts';
import { npmTest } from './steps/npm-test.ts';
import { realBackstage } from './steps/real-backstage.ts';
import { realN8n } from './steps/real-n8n.ts';
import { releaseRehearsal } from './steps/release-rehearsal.ts';

/** The steps of `.ci/run`, in the order in which a newcomer would need them. */
export const STEPS: readonly Step[] = [
  npmTest,
  allChecks,
  freshCloneDemo,
  nodeVersions,
  releaseRehearsal,
  realN8n,
  n8nQueue,
  realBackstage,
  backstageReplicas,
];
