import { parseArgs, styleText } from 'node:util';
import { moveTag } from './move-tag.ts';
import { startReplicas } from './replicas/start-replicas.ts';
import { type Host, startHost } from './start-host.ts';

const MOVE_EVERY_MS = 60_000;

try {
  const stopped = nextSignal();
  const { values } = parseArgs({ options: { replicas: { type: 'boolean', default: false } } });
  const say = (line: string): boolean => process.stderr.write(`› ${line} …\n`);
  await using host = values.replicas ? await startReplicas({ say }) : await startHost({ say });
  const moving = setInterval(() => moveTag(host.emulator), MOVE_EVERY_MS);
  process.stdout.write(guide(host));
  await stopped;
  clearInterval(moving);
  say('stopping');
} catch (error) {
  process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Ctrl-C, also while it starts: then it ends as soon as it is up. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

function guide({ url, emulator, backends }: Host): string {
  const bold = (text: string): string => styleText('bold', text, { stream: process.stdout });
  const page = (component: string): string => `${url}/catalog/default/component/${component}`;
  const several =
    backends.length === 1
      ? ''
      : `
${bold('Several back ends')}
Every connection to ${url} goes to one of these in turn; they share one PostgreSQL and one Redis. End one with \`kill <pid>\` and go on:
${backends.map(({ pid, log }, index) => `  back end ${index + 1}   pid ${pid}   ${log}`).join('\n')}
`;
  return `
${bold(`Backstage with describe-image: ${url}`)}
Press "Enter" to come in as a guest. Security Center is emulated at ${emulator.url}; nothing leaves this machine.

${bold('What to click')}
1. ${page('checkout')}
   The card "Container images": three images, each with its digest, who said so and when. Press a digest to copy it.
2. ${page('events-collector')}
   Its tag moves every minute while you look: the badge, the bell and the timeline on the tab "Images" follow by themselves.
3. ${page('cart')} and ${page('search')}
   Drift: declared, scanned and live are not the same.
4. ${page('storefront')}, ${page('ledger')}, ${page('fraud-check')}, ${page('payments-api')}
   Risky, being scanned, failed, never scanned.
5. ${page('standby-checkout')}, ${page('receipts')}, ${page('build-runner')}, ${page('handbook')}
   What is wrong and what to do about it.
6. ${page('base-images')}/images
   A repository with many tags, to filter, sort and page.
7. ${url}/container-images
   Every image of the organisation, what needs care first.
${several}
What the back end says is in ${backends.map(({ log }) => log).join(' and ')}. Ctrl-C ends it and forgets everything.
`;
}
