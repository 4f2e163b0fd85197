import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import { type Call, DescribeImageError } from '@describe-image/core';
import { describableIds, describeImage, findImage, locateImage } from '@describe-image/core/images';
import type { DescribeImageInput } from '@describe-image/core/protocol';
import { failureOf } from './failure-of.ts';
import type { KnownImage, KnownSource } from './known-image.ts';
import { rowOf } from './row-of.ts';

/** How long what is known of an image holds, in milliseconds. */
export interface Lifetimes {
  readonly inventoryMs: number;
  readonly liveMs: number;
  readonly failureMs: number;
}

/** What asking needs besides the image. */
export interface Asking {
  readonly call: Call;
  readonly lifetimes: Lifetimes;
  readonly now: () => number;
  /** Told of what is no error of the service's. */
  readonly onFault: (error: unknown) => void;
}

/** Asks those sources that are not fresh. Never throws: what fails stands beside what was known. */
export async function askSources(
  asking: Asking,
  target: DeclaredImage['target'],
  known: KnownImage | undefined,
): Promise<KnownImage> {
  const askedAt = asking.now();
  const ids = typeof target === 'string' ? undefined : target;
  // By ids, the two sources do not wait for each other.
  const [inventory, liveByIds] = await Promise.all([
    keepOrAsk(asking, known?.inventory, () => askInventory(asking, target, known?.inventory)),
    ids && keepOrAsk(asking, known?.live, () => askLive(asking, ids, known?.live)),
  ]);
  const described = ids ?? idsOf(inventory);
  const live =
    liveByIds ??
    (described && (await keepOrAsk(asking, known?.live, () => askLive(asking, described, known?.live))));
  const lastMove = known?.lastMove;
  return {
    version: 1,
    askedAt,
    inventory,
    ...(live === undefined ? {} : { live }),
    ...(lastMove === undefined ? {} : { lastMove }),
  };
}

async function keepOrAsk<Source extends KnownSource>(
  { now }: Asking,
  known: Source | undefined,
  ask: () => Promise<Source>,
): Promise<Source> {
  return known !== undefined && known.expiresAt > now() ? known : ask();
}

async function askInventory(
  asking: Asking,
  target: DeclaredImage['target'],
  known: KnownImage['inventory'] | undefined,
): Promise<KnownImage['inventory']> {
  const { call, lifetimes, now } = asking;
  try {
    const { image, listing } = await (typeof target === 'string'
      ? locateImage(call, target)
      : findImage(call, target));
    const answer = answerOf(image.digest, listing.observedAt, listing.requestIds.at(-1));
    return { expiresAt: now() + lifetimes.inventoryMs, absent: false, answer, row: image.raw };
  } catch (error) {
    return { ...known, ...failed(asking, error) };
  }
}

async function askLive(
  asking: Asking,
  ids: DescribeImageInput,
  known: KnownSource | undefined,
): Promise<KnownSource> {
  const { call, lifetimes, now } = asking;
  try {
    const { digest, observedAt, requestId } = await describeImage(call, ids);
    return {
      expiresAt: now() + lifetimes.liveMs,
      absent: false,
      answer: answerOf(digest, observedAt, requestId),
    };
  } catch (error) {
    return { ...known, ...failed(asking, error) };
  }
}

function failed({ lifetimes, now, onFault }: Asking, error: unknown): KnownSource {
  const failure = failureOf(error, new Date(now()));
  if (!DescribeImageError.isInstance(error)) onFault(error);
  return {
    // Who is asked to come back later is not asked before.
    expiresAt: now() + Math.max(lifetimes.failureMs, failure.retryAfterMs ?? 0),
    absent: failure.kind === 'not-found',
    failure,
  };
}

function answerOf(
  digest: string | undefined,
  observedAt: Date,
  requestId: string | undefined,
): NonNullable<KnownSource['answer']> {
  return {
    ...(digest === undefined ? {} : { digest }),
    observedAt: observedAt.toISOString(),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function idsOf(inventory: KnownImage['inventory']): DescribeImageInput | undefined {
  const row = rowOf(inventory);
  return row && describableIds(row);
}
