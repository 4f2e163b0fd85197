import type { Client, ResolvedImage } from '@describe-image/core';
import {
  type AnyDescribeImageError,
  DescribeImageError,
  ThrottlingError,
} from '@describe-image/core/protocol';
import type { CommandInput } from '../command-definition.ts';
import { hintsFor } from '../commands/reference-hints.ts';
import type { CliContext } from '../context.ts';
import { createProgress } from '../output/progress.ts';
import { withClient } from '../with-client.ts';
import { createAdaptiveLimit } from './adaptive-limit.ts';
import { inOrder } from './in-order.ts';
import { createResolver, locateInPages, type ResolverOptions } from './resolver.ts';

/** A reference's digest with further facts, or why it has none. */
export type Resolution<Extra = undefined> =
  | { readonly resolved: ResolvedImage; readonly extra: Extra; readonly error?: undefined }
  | { readonly resolved?: undefined; readonly error: AnyDescribeImageError };

/** Outcomes that concern one reference. Other errors, such as rejected keys, end the command. */
const OF_ONE_REFERENCE = new Set(['Validation', 'NotFound', 'Ambiguous', 'Unverified']);

const CONCURRENCY = 16;
const LIMITS = { maxRetries: 8, totalTimeoutMs: 180_000 };

/**
 * Resolves each reference once. A transient error that remains after all retries ends the command, so that a gate never passes on an
 * incomplete answer.
 *
 * @param extraOf - Requests what else is needed about an image.
 */
export async function resolveAll<Extra = undefined>(
  references: Iterable<string>,
  input: CommandInput,
  context: CliContext,
  options: ResolverOptions,
  extraOf: (client: Client, resolved: ResolvedImage) => Promise<Extra>,
): Promise<ReadonlyMap<string, Resolution<Extra>>> {
  const unique = [...new Set(references)];
  const results = new Map<string, Resolution<Extra>>();
  if (unique.length === 0) return results;
  const limit = createAdaptiveLimit(CONCURRENCY);
  const progress = createProgress(context, input.options);
  const resolveEach = async (client: Client): Promise<void> => {
    const locate = await locateInPages(client, unique, options.signal, (rows, total) =>
      progress.show(`reading the inventory: ${rows} of ${total ?? '?'} images`),
    );
    const resolve = createResolver(client, options, locate);
    const work = async (reference: string): Promise<Resolution<Extra>> => {
      try {
        const resolved = await resolve(reference, hintsFor(reference, input.options));
        limit.succeeded();
        return { resolved, extra: await extraOf(client, resolved) };
      } catch (error) {
        if (!DescribeImageError.isInstance(error) || !OF_ONE_REFERENCE.has(error.code)) throw error;
        return { error };
      }
    };
    for await (const result of inOrder(unique, work, limit)) {
      const reference = unique[results.size];
      if (reference !== undefined) results.set(reference, result);
      progress.show(`${results.size} of ${unique.length} images`);
    }
  };
  try {
    await withClient(input, context, resolveEach, {
      defaults: LIMITS,
      onRetry: ({ error }) => {
        if (ThrottlingError.isInstance(error)) limit.throttled();
      },
    });
  } finally {
    progress.clear();
  }
  return results;
}
