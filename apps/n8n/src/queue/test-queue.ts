import { type KillReport, killWorker } from './kill-worker.ts';
import { startQueueHost } from './start-queue-host.ts';
import { WORKER_CONCURRENCY } from './start-worker.ts';

try {
  await using host = await startQueueHost({
    onProgress: (step) => process.stderr.write(`› ${step} …\n`),
  });
  const report = await killWorker(host);
  process.stdout.write(figures(report));
  for (const [expectation, isMet] of expectations(report)) {
    process.stdout.write(`${isMet ? '✓' : '✗'} ${expectation}\n`);
    if (!isMet) process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`\nqueue test: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function expectations(report: KillReport): [expectation: string, isMet: boolean][] {
  const { outcomes, digests, interrupted, finishedBySurvivor, finishedBySurvivorBefore } = report;
  const retried = outcomes.filter(({ failures }) => failures.length > 0).length;
  // The killed worker may have responded before n8n marked the execution as failed.
  const onlyInterrupted = retried > 0 && retried <= report.failed;
  return [
    ['returns the digest of the requested image for every call', countCorrect(report) === digests.size],
    ['kills the worker during executions', interrupted > 0],
    [
      'reports a failure for the interrupted executions only',
      onlyInterrupted && report.failed <= WORKER_CONCURRENCY,
    ],
    ['finishes further executions on the other worker', finishedBySurvivor > finishedBySurvivorBefore],
    ['leaves no execution with the status new or running', report.leftOver === 0],
  ];
}

function countCorrect({ outcomes, digests }: KillReport): number {
  return outcomes.filter(({ image, digest }) => digest === digests.get(image)).length;
}

function figures(report: KillReport): string {
  const { outcomes, digests, seconds } = report;
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  const longest = Math.max(0, ...failures.map((failure) => failure.seconds));
  const texts = new Set(failures.map(({ status, body }) => `${status} ${body.slice(0, 200)}`));
  return `
calls                        ${digests.size}
correct digests              ${countCorrect(report)}
missing or wrong digests     ${digests.size - countCorrect(report)}
finished by killed worker    ${report.finishedByKilled}
finished by other worker     ${report.finishedBySurvivor}, ${report.finishedBySurvivorBefore} of them before the kill
interrupted executions       ${report.interrupted}
retried calls                ${failures.length}, after at most ${longest.toFixed(1)} s
responses to retried calls   ${[...texts].join(' | ') || 'none'}
failed executions in n8n     ${report.failed}
calls per second             ${(digests.size / seconds).toFixed(1)} (${seconds.toFixed(1)} s in total, with the time until n8n detects the killed worker)

`;
}
