import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import type { Call } from '@describe-image/core';
import { describableIds, findImage, locateImage, observeLive } from '@describe-image/core/images';
import type { DescribeImageInput } from '@describe-image/core/protocol';
import type { Observation } from '../store/observation.ts';
import { failureOf, isExpected } from './failures.ts';
import type { KnownImage, KnownInventory, KnownSource } from './known-images.ts';

/** How long the results of a look-up are kept, in milliseconds. */
export interface Lifetimes {
  readonly inventoryMs: number;
  readonly liveMs: number;
  readonly failureMs: number;
}

/** What a look-up needs besides the image. */
export interface LookUpContext {
  readonly call: Call;
  readonly lifetimes: Lifetimes;
  readonly now: () => number;
  /** Called with errors that are not errors of core: bugs. */
  readonly onUnexpectedError: (error: unknown) => void;
}

/** Requests the sources that have expired. Never throws: a failure is returned beside the last observation. */
export async function lookUpSources(
  context: LookUpContext,
  target: DeclaredImage['target'],
  known: KnownImage | undefined,
): Promise<KnownImage> {
  const lookedUpAt = context.now();
  const ids = typeof target === 'string' ? undefined : acceptedIds(target);
  const lookUpLive = (input: DescribeImageInput) =>
    keepOrLookUp(context, known?.live, () => requestLive(context, input, known?.live));
  // Given ids, both sources can be requested at the same time.
  const [inventory, liveByIds] = await Promise.all([
    keepOrLookUp(context, known?.inventory, () => requestInventory(context, target, known?.inventory)),
    ids && lookUpLive(ids),
  ]);
  const row = inventory.observation?.row;
  const idsOfRow = ids ?? (row && describableIds(row));
  const live = liveByIds ?? (idsOfRow && (await lookUpLive(idsOfRow)));
  return {
    version: 1,
    lookedUpAt,
    inventory,
    ...(live && { live }),
    ...(known?.lastMove && { lastMove: known.lastMove }),
  };
}

/** Calls DescribeImage. The observation has no digest when the service has none for the tag. */
export async function observeDigest(
  call: Call,
  ids: DescribeImageInput,
  now: () => number,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Observation> {
  const { live, requestId } = await observeLive(call, ids, options);
  return live === 'no-digest'
    ? { source: 'DescribeImage', digest: undefined, observedAt: new Date(now()), requestId }
    : live;
}

/** DescribeImage accepts only ids of Container Registry. */
export function acceptedIds(ids: DescribeImageInput): DescribeImageInput | undefined {
  const { imageRegionId: regionId, imageInstanceId: instanceId, imageRepoId: repoId, imageTag: tag } = ids;
  return describableIds({ regionId, instanceId, repoId, tag });
}

async function keepOrLookUp<Source extends KnownSource>(
  { now }: LookUpContext,
  known: Source | undefined,
  lookUp: () => Promise<Source>,
): Promise<Source> {
  return known !== undefined && known.expiresAt > now() ? known : lookUp();
}

async function requestInventory(
  context: LookUpContext,
  target: DeclaredImage['target'],
  known: KnownInventory | undefined,
): Promise<KnownInventory> {
  const { call, lifetimes, now } = context;
  try {
    const { image: row, listing } = await (typeof target === 'string'
      ? locateImage(call, target)
      : findImage(call, target));
    const { source, observedAt, requestIds } = listing;
    const observation = { source, digest: row.digest, observedAt, requestId: requestIds.at(-1), row };
    return { expiresAt: now() + lifetimes.inventoryMs, absent: false, observation };
  } catch (error) {
    const failed = failedSource(context, error);
    return { ...known, ...failed, absent: failed.failure?.kind === 'not-found' };
  }
}

async function requestLive(
  context: LookUpContext,
  ids: DescribeImageInput,
  known: KnownSource | undefined,
): Promise<KnownSource> {
  const { call, lifetimes, now } = context;
  try {
    const observation = await observeDigest(call, ids, now);
    return { expiresAt: now() + lifetimes.liveMs, observation };
  } catch (error) {
    return { ...known, ...failedSource(context, error) };
  }
}

function failedSource({ lifetimes, now, onUnexpectedError }: LookUpContext, error: unknown): KnownSource {
  const failure = failureOf(error, new Date(now()));
  if (!isExpected(error)) onUnexpectedError(error);
  return {
    // Respects the wait that the service requested.
    expiresAt: now() + Math.max(lifetimes.failureMs, failure.retryAfterMs ?? 0),
    failure,
  };
}
