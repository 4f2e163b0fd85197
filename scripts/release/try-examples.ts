import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../workspace/run-command.ts';
import type { EmptyProject } from './empty-project.ts';
import type { Rehearsal } from './rehearsal.ts';
import { withInstalledEmulator } from './with-installed-emulator.ts';

type Environment = Readonly<Record<string, string>>;

const DIGEST = 'sha256:a322bcb3b2b137b208c51f76678f760e1d55fbbb7482e772076d109105b3f17f';

/** What `npm start` prints for the demo seed of the emulator. */
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  'list-risky-images': ['risky\tshop/storefront:2.9.0\t', 'unknown\tshop/payments:0.9.0\t'],
  'own-transport': [DIGEST],
  'pin-images': [`shop/checkout:1.4.2@${DIGEST}`, 'shop/storefront:2.9.0@sha256:fa047611'],
  'print-digest': [`${DIGEST} live `],
  'sign-any-rpc-api': ['200 {', '"AccountId":"1234567890123456"'],
  'test-with-emulator': ['pass 3', 'fail 0'],
  'verify-deployment': ['match acme-registry', 'shop/storefront:2.9.0'],
  worker: [`200 {"digest":"${DIGEST}","state":"live"}`, '404 {"error":'],
};

/** Tags that drifted and that are missing. */
const BAD_DEPLOYMENTS = {
  drift: 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.1',
  missing: 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:0.0.0',
};

/** Installs each folder of `examples/` from the registry and starts it against the installed emulator. */
export async function tryExamples({ tally, project, clone }: Rehearsal): Promise<void> {
  const host = await project('examples-emulator', '24.21.0');
  await host.install('@describe-image/emulator');
  await withInstalledEmulator(host, async (env) => {
    for (const name of readdirSync(join(clone, 'examples')).sort()) {
      if (name === 'README.md') continue;
      const user = await project(`example-${name}`, '24.21.0');
      cpSync(join(clone, 'examples', name), user.folder, { recursive: true });
      await tally.try(`the example ${name} installs, and prints what its README promises`, async () => {
        await user.install();
        const { output } = await user.run(['npm', 'start'], env);
        for (const expected of OUTPUTS[name] ?? missingExpectation(name))
          if (!output.includes(expected)) throw new Error(`expected ${expected}, got ${output}`);
      });
      if (name === 'worker')
        await tally.try('the example worker loads the build for edge workers', () => expectWebBuild(user));
      if (name === 'verify-deployment')
        for (const [outcome, reference] of Object.entries(BAD_DEPLOYMENTS))
          await tally.try(
            `the example verify-deployment exits with code 1 for a tag with the outcome ${outcome}`,
            () => expectRefusal(user, env, outcome, `${reference}@${DIGEST}`),
          );
    }
  });
}

function missingExpectation(name: string): never {
  throw new Error(`try-examples: no expected output for examples/${name}. Add it to OUTPUTS`);
}

async function expectWebBuild(user: EmptyProject): Promise<void> {
  const program = "console.log(import.meta.resolve('@describe-image/core'))";
  const { stdout } = await user.run([
    'node',
    '--conditions=workerd',
    '--input-type=module',
    '--eval',
    program,
  ]);
  if (!stdout.includes('index-web.mjs')) throw new Error(`expected index-web.mjs, got ${stdout}`);
}

async function expectRefusal(
  user: EmptyProject,
  env: Environment,
  outcome: string,
  reference: string,
): Promise<void> {
  user.write('bad.json', JSON.stringify([reference]));
  const { exitCode, output } = await runCommand([process.execPath, 'main.mjs', 'bad.json'], {
    cwd: user.folder,
    env,
    quiet: true,
  });
  if (exitCode !== 1 || !output.includes(`${outcome} ${reference}`))
    throw new Error(`expected exit code 1 and ${outcome}, got ${exitCode} and ${output}`);
}
