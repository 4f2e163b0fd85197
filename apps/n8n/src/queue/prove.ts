import { type KillReport, killAWorker } from './kill-a-worker.ts';
import { startQueueHost } from './start-queue-host.ts';
import { WORKER_CONCURRENCY } from './start-worker.ts';

try {
  await using host = await startQueueHost({ say: (line) => process.stderr.write(`› ${line} …\n`) });
  const report = await killAWorker(host);
  process.stdout.write(figures(report));
  for (const [promise, kept] of promises(report)) {
    process.stdout.write(`${kept ? '✓' : '✗'} ${promise}\n`);
    if (!kept) process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`\nThe proof stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function promises(report: KillReport): [promise: string, kept: boolean][] {
  const { outcomes, digests, interrupted, finishedBySurvivor, finishedBySurvivorBefore } = report;
  const refused = outcomes.filter(({ refusals }) => refusals.length > 0).length;
  // Some callers had their answer from the dying worker already.
  const onlyTheirs = refused > 0 && refused <= report.failed;
  return [
    ['every call is answered with the digest of its own image', right(report) === digests.size],
    ['the worker died with executions in its hands', interrupted > 0],
    [
      'n8n tells the callers of those executions that they failed, and no other fails',
      onlyTheirs && report.failed <= WORKER_CONCURRENCY,
    ],
    ['the other worker carries on', finishedBySurvivor > finishedBySurvivorBefore],
    ['n8n keeps no execution that nobody works on', report.leftOver === 0],
  ];
}

function right({ outcomes, digests }: KillReport): number {
  return outcomes.filter(({ image, digest }) => digest === digests.get(image)).length;
}

function figures(report: KillReport): string {
  const { outcomes, digests, seconds } = report;
  const refusals = outcomes.flatMap((outcome) => outcome.refusals);
  const longest = Math.max(0, ...refusals.map((refusal) => refusal.seconds));
  const texts = new Set(refusals.map(({ status, body }) => `${status} ${body.slice(0, 200)}`));
  return `
calls                         ${digests.size}
answered with their digest    ${right(report)}
lost                          ${digests.size - right(report)}
finished by the killed worker ${report.finishedByKilled}
finished by the other one     ${report.finishedBySurvivor}, ${report.finishedBySurvivorBefore} of them before the kill
in its hands when it died     ${report.interrupted}
asked for a second time       ${refusals.length}, after ${longest.toFixed(1)} s at most
what n8n answered to those    ${[...texts].join(' | ') || 'nothing to report'}
failed, by n8n's own list     ${report.failed}
calls per second              ${(digests.size / seconds).toFixed(1)} (${seconds.toFixed(1)} s in all, the wait for n8n to notice included)

`;
}
