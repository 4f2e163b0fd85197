import { mkdirSync } from 'node:fs';
import { ARTIFACTS } from './machine.ts';
import { runSteps } from './run-steps.ts';
import { allChecks } from './steps/all-checks.ts';
import { backstageConsumer } from './steps/backstage-consumer.ts';
import { backstageReplicas } from './steps/backstage-replicas.ts';
import { freshCloneDemo } from './steps/fresh-clone-demo.ts';
import { n8nQueue } from './steps/n8n-queue.ts';
import { nodeVersions } from './steps/node-versions.ts';
import { npmTest } from './steps/npm-test.ts';
import { realBackstage } from './steps/real-backstage.ts';
import { realN8n } from './steps/real-n8n.ts';
import { releaseRehearsal } from './steps/release-rehearsal.ts';

/** In this order: what a newcomer would type first, comes first. */
const STEPS = [
  npmTest,
  allChecks,
  freshCloneDemo,
  nodeVersions,
  releaseRehearsal,
  realN8n,
  n8nQueue,
  realBackstage,
  backstageConsumer,
  backstageReplicas,
];

const wanted = process.argv.slice(2);
const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
mkdirSync(ARTIFACTS, { recursive: true });
const { failed } = await runSteps(steps, { print: console.log, now: () => performance.now() });
// Nothing passed or failed is no success either: a misspelt step must not look like one.
process.exitCode = failed > 0 || steps.length === 0 ? 1 : 0;
