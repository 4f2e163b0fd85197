import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../workspace/root.ts';
import { type CommandResult, mustRun, runCommand } from '../workspace/run-command.ts';
import { MACHINE_ENV } from './machine.ts';
import { type Counts, Tally } from './step.ts';

/** Runs the demo in a clone as a user without a home, and without rights if this program runs as root. */
export async function demoInFreshClone(): Promise<Counts> {
  const tally = new Tally();
  const clone = await freshClone();
  let first: CommandResult | undefined;
  await tally.try('the demo ends with exit code 0', async () => {
    first = await asNewUser(clone, ['npm', 'run', 'demo']);
    process.stdout.write(first.stdout + first.stderr);
    if (first.exitCode !== 0) throw new Error(`it ended with exit code ${first.exitCode}`);
  });
  await tally.try('the demo shows a digest', async () => {
    if (!/\bsha256:[0-9a-f]{64}\b/.test(first?.stdout ?? '')) throw new Error('the output has no digest');
  });
  await tally.try('the demo does not change the checkout', async () => {
    const { stdout } = await mustRun(['git', '-c', `safe.directory=${clone}`, 'status', '--porcelain'], {
      cwd: clone,
      quiet: true,
    });
    if (stdout !== '') throw new Error(stdout);
  });
  return tally.counts;
}

/** A clone of the commit under test. */
async function freshClone(): Promise<string> {
  const parent = mkdtempSync(join(tmpdir(), 'describe-image-clone-'));
  const clone = join(parent, 'describe-image');
  await mustRun(['git', 'clone', '--quiet', '--no-hardlinks', ROOT, clone], { quiet: true });
  if (isRoot()) await mustRun(['chown', '-R', `${UNPRIVILEGED}:${UNPRIVILEGED}`, parent], { quiet: true });
  return clone;
}

/** The id of the user without rights on Linux. */
const UNPRIVILEGED = '65534';

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function asNewUser(cwd: string, command: readonly string[]): Promise<CommandResult> {
  const env = { ...MACHINE_ENV, HOME: '/nonexistent' };
  const drop = isRoot()
    ? ['setpriv', `--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, '--clear-groups']
    : [];
  return runCommand([...drop, ...command], { cwd, env, quiet: true });
}
