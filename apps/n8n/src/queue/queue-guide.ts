import type { QueueHost } from './start-queue-host.ts';

/** What else there is to see in queue mode. */
export function queueGuide({ server, workers }: QueueHost): string {
  const [worker] = workers;
  return `Queue mode: the main process hands every execution to one of ${workers.length} workers, through Redis and PostgreSQL.
Which worker takes which execution can be followed with
   tail -f ${workers.map(({ log }) => log).join(' ')}
To see both at work, in another terminal:
   for i in $(seq 20); do curl -s ${server.url}/webhook/pin-image -H 'content-type: application/json' -d '{"image":"shop/checkout:1.4.2"}' & done; wait
Kill ${worker?.name} (kill -9 ${worker?.pid}) and try again: the other one goes on. What the dead one had in its
hands is answered with an error within a minute, and has to be asked for again.

`;
}
