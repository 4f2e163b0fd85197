import { styleText } from 'node:util';
import { createEmulator } from '@describe-image/emulator';
import { DEMO_STEPS, type DemoStep } from './demo-steps.ts';
import { nextSteps } from './next-steps.ts';
import { cliProgram, requireBuilt } from './programs.ts';
import { demoEnvironment, runProgram } from './run-program.ts';

const print = (text: string): boolean => process.stdout.write(text);
const colors = process.stdout.isTTY && !process.env['NO_COLOR'];
const bold = (text: string): string => (colors ? styleText('bold', text) : text);

try {
  await runDemo();
} catch (error) {
  process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function runDemo(): Promise<void> {
  const cli = requireBuilt(cliProgram());
  await using emulator = await createEmulator();
  print(
    `An emulator of the Alibaba Cloud Security Center API runs at ${emulator.url}. Nothing is sent to the network.\n`,
  );
  const environment = demoEnvironment(emulator);
  for (const [index, step] of DEMO_STEPS.entries()) await show(cli, index + 1, step, environment);
  print(`\n${nextSteps()}`);
}

async function show(
  cli: string,
  number: number,
  step: DemoStep,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  print(`\n${bold(`${number}. ${step.title}`)}\n`);
  const own = Object.entries(step.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  print(`$ ${[...own, 'describe-image', ...step.args].join(' ')}\n`);
  const { exitCode, stdout, stderr } = await runProgram(cli, step.args, {
    ...environment,
    ...step.environment,
  });
  print(stdout + stderr);
  if (exitCode !== step.exitCode)
    throw new Error(`step ${number} ended with exit code ${exitCode}, not ${step.exitCode}`);
  if (!step.output.test(stdout + stderr)) throw new Error(`step ${number} did not print the expected output`);
  print(`→ ${step.lesson}\n`);
}
