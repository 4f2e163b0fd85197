import { setTimeout as sleep } from 'node:timers/promises';
import type { ResolvedImage } from '@describe-image/core';
import { assessRisk } from '@describe-image/core/images';
import { AbortError, DescribeImageError } from '@describe-image/core/protocol';
import { createResolver } from '../batch/resolver.ts';
import type { CommandInput } from '../command-definition.ts';
import { CommandError } from '../command-error.ts';
import { fromResolved } from '../commands/digest-answer.ts';
import { mismatchOf } from '../commands/digest-mismatch.ts';
import { GOALS } from '../commands/output-formats.ts';
import { hintsFor } from '../commands/reference-hints.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { createProgress } from '../output/progress.ts';
import { withClient } from '../with-client.ts';

export { operations } from '../commands/digest-operations.ts';

const INTERVAL_MS = 15_000;
const MAX_WAIT_MS = 600_000;

/** What is missing, or the digest. */
type State =
  | { readonly digest: string; readonly missing?: undefined }
  | { readonly missing: string; readonly exitCode: ExitCode; readonly isFinal?: boolean };

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const [reference = ''] = input.args;
  const goal = options.choice('for', GOALS, 'live');
  const intervalMs = options.number('interval') ?? INTERVAL_MS;
  const maxWaitMs = options.number('maxWait') ?? MAX_WAIT_MS;
  const hints = hintsFor(reference, options);
  const progress = createProgress(context, options);
  const startedAt = performance.now();
  const digest = await withClient(input, context, async (client) => {
    const resolve = createResolver(client, { source: 'both', signal: context.signal });
    const ask = async (): Promise<State> => {
      try {
        return stateOf(reference, await resolve(reference, hints), goal);
      } catch (error) {
        if (!DescribeImageError.isInstance(error) || error.code !== 'NotFound') throw error;
        return { missing: error.message, exitCode: EXIT.notFound };
      }
    };
    for (;;) {
      const state = await ask();
      if (state.missing === undefined) return state.digest;
      const waitedMs = performance.now() - startedAt;
      if (state.isFinal || waitedMs + intervalMs > maxWaitMs) {
        const waited = `not ${goal} after ${Math.round(waitedMs / 1_000)} s: ${state.missing}`;
        throw new CommandError('NotReached', state.exitCode, waited, 'Raise --max-wait, or check the image.');
      }
      progress.show(`waiting since ${Math.round(waitedMs / 1_000)} s: ${state.missing}`);
      await sleep(intervalMs, undefined, { signal: context.signal }).catch(() => {
        throw new AbortError('interrupted');
      });
    }
  }).finally(() => progress.clear());
  context.stdout.write(`${digest}\n`);
  return EXIT.found;
}

function stateOf(reference: string, resolved: ResolvedImage, goal: (typeof GOALS)[number]): State {
  const mismatch = mismatchOf(fromResolved(reference, resolved));
  if (mismatch !== undefined) throw mismatch;
  const { digest, state, scanned, image } = resolved;
  const exitCode = EXIT.notAcceptable;
  // The ids cannot be asked for, and waiting does not change that.
  if (state !== 'live')
    return { missing: `${reference}: DescribeImage cannot be asked about it`, exitCode, isFinal: true };
  if (goal === 'live' || scanned) return { digest };
  const risk = assessRisk(image);
  const isFailed = risk.state === 'failed' && image.digest === digest;
  return { missing: `${reference}: the scan is ${risk.state}: ${risk.reason}`, exitCode, isFinal: isFailed };
}
