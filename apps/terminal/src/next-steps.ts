import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { demoCredentials } from '@describe-image/emulator';
import { cliProgram, emulatorProgram } from './programs.ts';

/** Commands to try after the demo, with paths relative to the checkout. */
export function nextSteps(): string {
  const { accessKeyId, accessKeySecret } = demoCredentials;
  const emulator = command(emulatorProgram());
  const cli = command(cliProgram());
  return `Next steps
  $ ${emulator} --port 4010   # runs describe-image-emulator until Ctrl+C
In another terminal, with the keys of the demo:
  $ export DESCRIBE_IMAGE_ENDPOINT=http://127.0.0.1:4010 ALIBABA_CLOUD_STS_ENDPOINT=http://127.0.0.1:4010
  $ export ALIBABA_CLOUD_ACCESS_KEY_ID=${accessKeyId} ALIBABA_CLOUD_ACCESS_KEY_SECRET=${accessKeySecret}
  $ ${cli} digest shop/checkout:1.4.1   # two images match: lists both
  $ ${cli} doctor                       # keys, clock, permissions, inventory
With your own keys, and without the two endpoints:
  $ ${cli} images --region cn-hangzhou
`;
}

function command(program: string): string {
  return `node ${relative(startFolder(), program)}`;
}

/** The root of the checkout. The demo runs in its own folder. */
function startFolder(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}
