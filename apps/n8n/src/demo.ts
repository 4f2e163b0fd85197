import { parseArgs, styleText } from 'node:util';
import { OWNER } from './owner.ts';
import { queueGuide } from './queue/queue-guide.ts';
import { startQueueHost } from './queue/start-queue-host.ts';
import { type Host, type HostOptions, startHost } from './start-host.ts';

try {
  const stopped = nextSignal();
  const { values } = parseArgs({ options: { queue: { type: 'boolean', default: false } } });
  const options: HostOptions = { say: (line) => process.stderr.write(`› ${line} …\n`) };
  if (values.queue) {
    await using host = await startQueueHost(options);
    await show(host, guide(host) + queueGuide(host), stopped);
  } else {
    await using host = await startHost(options);
    await show(host, guide(host), stopped);
  }
} catch (error) {
  process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function show({ server }: Host, text: string, stopped: Promise<void>): Promise<void> {
  process.stdout.write(text);
  await Promise.race([stopped, server.ended]);
  process.stderr.write('› stopping n8n …\n');
}

/** Ctrl-C, also while it starts: then it ends as soon as it is up. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

function guide({ server, emulator, workflows }: Host): string {
  const bold = (text: string): string => styleText('bold', text, { stream: process.stdout });
  const page = (name: string): string => {
    const workflow = workflows.find((one) => one.name === name);
    if (workflow === undefined) throw new Error(`there is no example "${name}"`);
    return `${server.url}/workflow/${workflow.id}`;
  };
  return `
${bold(`n8n with the nodes of describe-image: ${server.url}`)}
  email     ${OWNER.email}
  password  ${OWNER.password}
The API of Alibaba Cloud Security Center is emulated at ${emulator.url}. Nothing leaves this machine.

${bold('What to click')}
1. ${page('First digest')}
   Double-click "Describe Image", choose Region, Registry Instance, Repository and Tag from their lists, then
   "Execute step": the digest is on the right.
2. ${page('Risk gate before a release')}
   "Execute workflow": the clean image is released, the risky one stopped, the one nobody scanned asked about.
3. ${page('Nightly drift report')}
   "Execute workflow": a match, a drift and a missing image.
4. ${page('Every operation')}
   "Execute workflow", then double-click a node: all that "Describe Image" can be asked.
5. Credentials > Alibaba Cloud RAM: spoil the secret and save; "More details" says what is wrong.
6. In another terminal, the webhook that pins an image:
   curl ${server.url}/webhook/pin-image -H 'content-type: application/json' -d '{"image":"shop/checkout:1.4.2"}'

What n8n says is in ${server.log}. Ctrl-C ends it and forgets what was changed.
`;
}
