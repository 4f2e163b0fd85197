import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { demoCredentials } from '@describe-image/emulator';
import { cliProgram, emulatorProgram } from './programs.ts';

/** What to type after the demo, with programs as they are reached from where it was started. */
export function nextSteps(): string {
  const { accessKeyId, accessKeySecret } = demoCredentials;
  const emulator = command(emulatorProgram());
  const cli = command(cliProgram());
  return `What to type next
  $ ${emulator} --port 4010   # describe-image-emulator: one that stays
In another terminal, with the demo's keys:
  $ export DESCRIBE_IMAGE_ENDPOINT=http://127.0.0.1:4010 ALIBABA_CLOUD_STS_ENDPOINT=http://127.0.0.1:4010
  $ export ALIBABA_CLOUD_ACCESS_KEY_ID=${accessKeyId} ALIBABA_CLOUD_ACCESS_KEY_SECRET=${accessKeySecret}
  $ ${cli} digest shop/checkout:1.4.1   # two images fit: it asks which
  $ ${cli} doctor                       # keys, clock, permissions, inventory
With your own keys exported, and the two endpoints unset:
  $ ${cli} images --region cn-hangzhou
`;
}

function command(program: string): string {
  return `node ${relative(startFolder(), program)}`;
}

/** The top of the checkout: the demo itself runs in its own folder. */
function startFolder(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}
