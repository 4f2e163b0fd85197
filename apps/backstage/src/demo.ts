import { parseArgs, styleText } from 'node:util';
import { startReplicas } from './replicas/start-replicas.ts';
import { type Host, startHost } from './start-host.ts';
import { moveTag } from './world/demo-seed.ts';

const MOVE_EVERY_MS = 60_000;

try {
  const stopped = nextSignal();
  const { values } = parseArgs({
    options: {
      replicas: { type: 'boolean', default: false },
      'old-frontend': { type: 'boolean', default: false },
    },
  });
  const app = values['old-frontend']
    ? '@describe-image/backstage-legacy-app'
    : '@describe-image/backstage-app';
  const log = (line: string): boolean => process.stderr.write(`› ${line} …\n`);
  await using host = values.replicas ? await startReplicas({ log, app }) : await startHost({ log, app });
  const moving = setInterval(() => moveTag(host.emulator), MOVE_EVERY_MS);
  process.stdout.write(guide(host));
  await stopped;
  clearInterval(moving);
  log('stopping');
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Resolves on SIGINT or SIGTERM. During start-up, the demo stops after the start has finished. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

function guide({ url, emulator, backends }: Host): string {
  const bold = (text: string): string => styleText('bold', text, { stream: process.stdout });
  const pages = (...components: string[]): string =>
    components.map((component) => `${url}/catalog/default/component/${component}`).join('\n   ');
  const replicas =
    backends.length === 1
      ? ''
      : `
${bold('Back ends')}
Connections to ${url} alternate between the back ends, which share PostgreSQL and Redis. Stop one with \`kill <pid>\`; the other continues.
${backends.map(({ pid, log }, index) => `  back end ${index + 1}   pid ${pid}   ${log}`).join('\n')}
`;
  return `
${bold(`Backstage with describe-image: ${url}`)}
Press "Enter" to sign in as a guest. Security Center is emulated at ${emulator.url}; no data leaves this machine.

${bold('Pages')}
1. ${pages('checkout')}
   The card "Container images": three images with state and digest. Copy a digest, or open the details of an image.
2. ${pages('events-collector')}
   A tag that moves every minute. The card, the notifications and the timeline on the tab "Images" update.
3. ${pages('cart', 'search')}
   Drift: the declared, scanned and live digests differ.
4. ${pages('storefront', 'ledger', 'fraud-check', 'payments-api')}
   Risks found, scanning, scan failed, not scanned: each state has its next step in the details.
5. ${pages('standby-checkout', 'receipts', 'build-runner', 'handbook')}
   A missing permission, a missing image, an invalid annotation and no annotation, with their remedies.
6. ${pages('base-images/images')}
   A repository with many tags to search, sort and page.
7. ${url}/container-images
   All images, worst first. Press a tile to see the images in one state; the link in the address bar opens them again.
8. ${url}/settings
   Language (English or Chinese) and theme.
${replicas}
Logs: ${backends.map(({ log }) => log).join(', ')}
Press Ctrl-C to stop. The demo keeps no data.
`;
}
