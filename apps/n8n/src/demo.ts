import { parseArgs, styleText } from 'node:util';
import { OWNER } from './n8n-api.ts';
import { type QueueHost, startQueueHost } from './queue/start-queue-host.ts';
import { type Host, type HostOptions, startHost } from './start-host.ts';

try {
  const stopped = nextSignal();
  const { values } = parseArgs({ options: { queue: { type: 'boolean', default: false } } });
  const options: HostOptions = { onProgress: (step) => process.stderr.write(`› ${step} …\n`) };
  if (values.queue) {
    await using host = await startQueueHost(options);
    await show(host, guide(host) + queueGuide(host), stopped);
  } else {
    await using host = await startHost(options);
    await show(host, guide(host), stopped);
  }
} catch (error) {
  process.stderr.write(`\ndemo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Prints the guide and waits for Ctrl-C. */
async function show({ server }: Host, text: string, stopped: Promise<void>): Promise<void> {
  process.stdout.write(text);
  await Promise.race([stopped, server.ended]);
  process.stderr.write('› stopping n8n …\n');
}

/** Resolves on Ctrl-C. During the start, the demo stops when the start is complete. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

/** The steps for the normal mode. */
function guide({ server, emulator, workflows }: Host): string {
  const bold = (text: string): string => styleText('bold', text, { stream: process.stdout });
  const page = (name: string): string => {
    const workflow = workflows.find((candidate) => candidate.name === name);
    if (workflow === undefined) throw new Error(`no such example workflow, got ${name}`);
    return `${server.url}/workflow/${workflow.id}`;
  };
  return `
${bold(`n8n with the describe-image nodes: ${server.url}`)}
  email     ${OWNER.email}
  password  ${OWNER.password}
The emulator of Alibaba Cloud Security Center runs at ${emulator.url}. No request leaves this machine.

${bold('Steps')}
1. ${page('First digest')}
   Double-click "Describe Image". Select Region, Registry Instance, Repository and Tag from the lists, then
   click "Execute step". The output panel shows the digest.
2. ${page('Risk gate before a release')}
   Click "Execute workflow". The clean image passes the gate. The risky and the unscanned image are blocked.
3. ${page('Nightly drift report')}
   Click "Execute workflow". The report lists a drifted and a missing image.
4. ${page('Every operation')}
   Click "Execute workflow", then double-click a node to see its output.
5. Credentials > Alibaba Cloud RAM
   Change the secret and save. "More details" shows the reason why the test failed.
6. In another terminal, call the webhook that pins an image:
   curl ${server.url}/webhook/pin-image -H 'content-type: application/json' -d '{"image":"shop/checkout:1.4.2"}'

The log of n8n is ${server.log}. Press Ctrl-C to stop n8n and delete all changes.
`;
}

/** The additional steps for queue mode. */
function queueGuide({ server, workers }: QueueHost): string {
  const [worker] = workers;
  return `Queue mode: the main process sends each execution to one of ${workers.length} workers through Redis and PostgreSQL.
To see which worker runs an execution:
   tail -f ${workers.map(({ log }) => log).join(' ')}
To use both workers, in another terminal:
   for i in $(seq 20); do curl -s ${server.url}/webhook/pin-image -H 'content-type: application/json' -d '{"image":"shop/checkout:1.4.2"}' & done; wait
To stop ${worker?.name}: kill -9 ${worker?.pid}. The other worker runs the queued executions. The executions that
${worker?.name} had started fail within a minute. Send them again.

`;
}
