import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@describe-image/core';
import { AbortError, DescribeImageError, ThrottlingError } from '@describe-image/core/protocol';
import { createAdaptiveLimit } from '../batch/adaptive-limit.ts';
import { finishedLines } from '../batch/finished-lines.ts';
import { inOrder } from '../batch/in-order.ts';
import {
  type ListedReference,
  type ListFormat,
  parseReferences,
  readInput,
} from '../batch/read-references.ts';
import { createResolver, locateInPages, type ResolverOptions } from '../batch/resolver.ts';
import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { digestDocument } from '../output/digest-report.ts';
import { errorJson } from '../output/error-json.ts';
import { envelope, jsonLine } from '../output/json.ts';
import { createProgress } from '../output/progress.ts';
import { describe } from '../report-error.ts';
import { withClient } from '../with-client.ts';
import { fromResolved } from './digest-answer.ts';
import { mismatchOf } from './digest-mismatch.ts';
import { LIST_FORMATS } from './output-formats.ts';
import { hintsFor } from './reference-hints.ts';

const CONCURRENCY = 32;
/** A batch outlasts a short throttling, which would otherwise fail many references. */
const RETRIES = 8;
const TIMEOUT_MS = 180_000;

/** Prints one line of NDJSON for each reference, in the order of the input. */
export async function runBatch(
  input: CommandInput,
  context: CliContext,
  resolverOptions: ResolverOptions,
): Promise<ExitCode> {
  const { options } = input;
  const references = await listedReferences(input, context);
  const resumed = options.text('resume');
  const finished =
    resumed === undefined
      ? new Map<string, string>()
      : finishedLines(resumed, await readInput(resumed, context));
  const limit = createAdaptiveLimit(options.number('concurrency') ?? CONCURRENCY);
  const progress = createProgress(context, options, { streams: true });
  const startedAt = performance.now();
  let exitCode: ExitCode = EXIT.found;
  let count = 0;
  let failed = 0;

  const lookUp = async (client: Client): Promise<void> => {
    const missing = references.filter(({ reference }) => !finished.has(reference));
    const locate = await locateInPages(
      client,
      missing.map(({ reference }) => reference),
      context.signal,
      (rows, total) => progress.show(`reading the inventory: ${rows} of ${total ?? '?'} images`),
    );
    const resolve = createResolver(client, resolverOptions, locate);
    const work = async ({ reference, hints }: ListedReference): Promise<BatchLine> => {
      const line = finished.get(reference);
      if (line !== undefined) return { text: `${line}\n`, exitCode: EXIT.found };
      try {
        const flags = hintsFor(reference, options);
        const given = Object.entries(hints).filter(([, value]) => value !== undefined);
        const resolved = await retried(
          () => resolve(reference, { ...flags, ...Object.fromEntries(given) }),
          context.signal,
          () => limit.throttled(),
        );
        limit.succeeded();
        const answer = fromResolved(reference, resolved);
        const mismatch = mismatchOf(answer);
        const error = mismatch && errorJson(mismatch, describe(mismatch));
        return {
          text: jsonLine({ ...digestDocument(answer), error }),
          exitCode: mismatch?.exitCode ?? EXIT.found,
        };
      } catch (error) {
        return failedLine(reference, error);
      }
    };
    for await (const line of inOrder(references, work, limit)) {
      context.stdout.write(line.text);
      count++;
      if (line.exitCode !== EXIT.found) {
        failed++;
        if (exitCode === EXIT.found) exitCode = line.exitCode;
        context.onExitCode?.(exitCode);
      }
      progress.show(progressText(count, references.length, failed, performance.now() - startedAt));
      await context.stdout.drained?.();
    }
  };
  try {
    await withClient(input, context, lookUp, {
      defaults: { maxRetries: RETRIES, totalTimeoutMs: TIMEOUT_MS },
      onRetry: ({ error }) => {
        if (ThrottlingError.isInstance(error)) limit.throttled();
      },
    });
  } finally {
    progress.clear();
  }
  context.stderr.write(`${count - failed} of ${references.length} digests, ${failed} failed\n`);
  return exitCode;
}

/** Waits before another try of a reference. The client's own retries share a quota, which a long batch can use up. */
const PAUSES_MS = [1_000, 4_000, 15_000];

async function retried<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal | undefined,
  onRetry: () => void,
): Promise<Result> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!DescribeImageError.isInstance(error) || !error.retryable) throw error;
      onRetry();
      await sleep(pauseMs, undefined, { signal }).catch(() => {
        throw new AbortError('interrupted');
      });
    }
  }
  return work();
}

interface BatchLine {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** Errors that every other reference would get too. */
const FATAL = new Set(['Abort', 'Credentials', 'Signature', 'ClockSkew', 'Permission']);

function failedLine(reference: string, error: unknown): BatchLine {
  const isCore = DescribeImageError.isInstance(error);
  if (!isCore || FATAL.has(error.code)) throw error;
  const description = describe(error);
  const head = envelope({
    source: undefined,
    observedAt: new Date(),
    requestId: error.requestId,
    endpoint: error.endpoint,
  });
  return {
    text: jsonLine({ ...head, digest: undefined, reference, error: errorJson(error, description) }),
    exitCode: description.exitCode,
  };
}

async function listedReferences(
  { args, options }: CommandInput,
  context: CliContext,
): Promise<readonly ListedReference[]> {
  const format = options.choice<ListFormat | 'auto'>('inputFormat', LIST_FORMATS, 'auto');
  const file = options.text('file');
  const listed: ListedReference[] = [];
  for (const argument of [...args, ...(file === undefined ? [] : [{ file }])]) {
    const path = typeof argument === 'string' ? argument : argument.file;
    if (typeof argument === 'string' && argument !== '-') listed.push({ reference: argument, hints: {} });
    else {
      const text = await readInput(path, context);
      listed.push(...(await parseReferences(path, text, format === 'auto' ? undefined : format)));
    }
  }
  if (listed.length === 0)
    throw new UsageError('no references given', 'Give references, - for stdin, or --file.');
  return listed;
}

function progressText(count: number, total: number, failed: number, elapsedMs: number): string {
  const perSecond = (count * 1_000) / Math.max(elapsedMs, 1);
  const seconds = Math.ceil((total - count) / Math.max(perSecond, 0.1));
  const eta = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  return `${count} of ${total}, ${perSecond.toFixed(0)}/s, ${eta} left, ${failed} failed`;
}
