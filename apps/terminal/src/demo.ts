import { styleText } from 'node:util';
import { createEmulator } from '@describe-image/emulator';
import { demoEnvironment } from './demo-environment.ts';
import { DEMO_STEPS, type DemoStep } from './demo-steps.ts';
import { requireBuilt } from './find-program.ts';
import { nextSteps } from './next-steps.ts';
import { cliProgram } from './programs.ts';
import { runProgram } from './run-program.ts';

const say = (text: string): boolean => process.stdout.write(text);
const colors = process.stdout.isTTY && !process.env['NO_COLOR'];
const bold = (text: string): string => (colors ? styleText('bold', text) : text);

try {
  await walk();
} catch (error) {
  process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function walk(): Promise<void> {
  const cli = requireBuilt(cliProgram());
  await using emulator = await createEmulator();
  say(
    `The API of Alibaba Cloud Security Center, emulated at ${emulator.url}. Nothing leaves this machine.\n`,
  );
  const environment = demoEnvironment(emulator);
  for (const [index, step] of DEMO_STEPS.entries()) await show(cli, index + 1, step, environment);
  say(`\n${nextSteps()}`);
}

async function show(
  cli: string,
  number: number,
  step: DemoStep,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  say(`\n${bold(`${number}. ${step.title}`)}\n`);
  const own = Object.entries(step.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  say(`$ ${[...own, 'describe-image', ...step.args].join(' ')}\n`);
  const { exitCode, stdout, stderr } = await runProgram(cli, step.args, {
    ...environment,
    ...step.environment,
  });
  say(stdout + stderr);
  if (exitCode !== step.exitCode)
    throw new Error(`step ${number} ended with exit code ${exitCode}, not ${step.exitCode}`);
  if (!step.output.test(stdout + stderr)) throw new Error(`step ${number} did not print what it should`);
  say(`→ ${step.lesson}\n`);
}
