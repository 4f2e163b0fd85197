import { mkdirSync } from 'node:fs';
import { ARTIFACTS } from './machine.ts';
import { runSteps } from './run-steps.ts';
import { STEPS } from './steps.ts';

const wanted = process.argv.slice(2);
const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
mkdirSync(ARTIFACTS, { recursive: true });
const { failed } = await runSteps(steps, { print: console.log, now: () => performance.now() });
// An unknown step name must not look like success.
process.exitCode = failed > 0 || steps.length === 0 ? 1 : 0;
