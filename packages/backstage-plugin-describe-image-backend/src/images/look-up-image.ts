import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { DeclaredImage, ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import pLimit, { type Limit } from 'p-limit';
import type { Instance } from '../instances/open-instances.ts';
import { type ImageIdentity, nameOf } from '../store/image-identity.ts';
import type { FailedLookUp, ImageStore } from '../store/image-store.ts';
import type { ImageObservation } from '../store/record-observations.ts';
import {
  type KnownImage,
  type KnownImages,
  type KnownSource,
  knownFromStore,
  UNKNOWN_IMAGE,
} from './known-images.ts';
import { type Lifetimes, lookUpSources } from './look-up-sources.ts';

/** The known state of an image after a look-up. */
export interface LookedUpImage {
  readonly known: KnownImage;
  /** Whether the look-up made no request. */
  readonly fromCache: boolean;
  /** Set when the deadline passed before the look-up ended. `known` is the last known state. */
  readonly missedDeadline?: boolean;
}

/** Looks up one image through the cache. */
export type LookUpImage = (
  instance: Instance,
  image: Pick<DeclaredImage, 'key' | 'target'>,
  options: {
    readonly refresh: boolean;
    /** Resolves when the caller stops waiting. The look-up continues for the next caller. */
    readonly deadline?: Promise<void>;
  },
) => Promise<LookedUpImage>;

/** What {@link createLookUpImage} needs. */
export interface LookUpImageOptions {
  readonly knownImages: KnownImages;
  readonly store: ImageStore;
  readonly lifetimes: Lifetimes & {
    /** For this time after a look-up, a refresh returns the cached state. */
    readonly refreshMs: number;
  };
  readonly now: () => number;
  readonly logger: LoggerService;
  /** Called once for each look-up. */
  readonly onLookUp: (instance: string, outcome: 'hit' | 'miss') => void;
  /** Called after moves were recorded. Must not wait for their delivery, because a user waits for the look-up. */
  readonly onMoves: (moves: readonly ImageMove[]) => void;
}

/** Creates the function through which all routes look up images. Concurrent look-ups of the same image share one set of requests. */
export function createLookUpImage(options: LookUpImageOptions): LookUpImage {
  const { knownImages, store, lifetimes, now, logger, onLookUp, onMoves } = options;
  const inFlight = new Map<string, Promise<KnownImage>>();
  /** One limit per instance, so that an account that does not respond delays no other. */
  const limits = new Map<string, Limit>();

  return async (instance, image, { refresh, deadline }) => {
    const identity = { instance: instance.name, key: image.key };
    const cached = await tolerate(undefined, 'the cache', () => knownImages.read(identity));
    const mustRefresh = refresh && cached !== undefined && now() - cached.lookedUpAt >= lifetimes.refreshMs;
    if (cached !== undefined && !mustRefresh && isFresh(cached, now())) {
      onLookUp(instance.name, 'hit');
      return { known: cached, fromCache: true };
    }
    onLookUp(instance.name, 'miss');
    const name = nameOf(identity);
    const pending =
      inFlight.get(name) ??
      limitOf(instance)(() =>
        request(identity, instance, image, mustRefresh && cached ? withoutLifetime(cached) : cached),
      ).finally(() => inFlight.delete(name));
    inFlight.set(name, pending);
    const known = await (deadline === undefined ? pending : Promise.race([pending, deadline]));
    if (known !== undefined) return { known, fromCache: false };
    const last = cached ?? (await readStored(identity)) ?? UNKNOWN_IMAGE;
    return { known: last, fromCache: true, missedDeadline: true };
  };

  function limitOf({ name, concurrency }: Instance): Limit {
    const limit = limits.get(name) ?? pLimit(concurrency);
    limits.set(name, limit);
    return limit;
  }

  async function request(
    identity: ImageIdentity,
    { call }: Instance,
    { target }: Pick<DeclaredImage, 'target'>,
    cached: KnownImage | undefined,
  ): Promise<KnownImage> {
    const onUnexpectedError = (error: unknown): void =>
      logger.error(
        `reading the image ${identity.key} of instance ${identity.instance} failed`,
        toError(error),
      );
    const before = cached ?? (await readStored(identity));
    const found = await lookUpSources({ call, lifetimes, now, onUnexpectedError }, target, before);
    const lastMove = await record(identity, before, found);
    const known = lastMove === undefined ? found : { ...found, lastMove };
    await tolerate(undefined, 'the cache', () => knownImages.write(identity, known));
    return known;
  }

  async function readStored(identity: ImageIdentity): Promise<KnownImage | undefined> {
    const [stored] = await tolerate([], 'the database', () => store.latest([identity]));
    return stored && knownFromStore(stored);
  }

  /** Records the new observations or the failure, and returns the last move. */
  async function record(
    identity: ImageIdentity,
    before: KnownImage | undefined,
    found: KnownImage,
  ): Promise<ImageMove | undefined> {
    return tolerate(found.lastMove, 'the database', async () => {
      const { newMoves, lastMoves } = await store.record(newObservations(identity, before, found));
      await store.recordFailures(newFailures(identity, before, found));
      if (newMoves.length > 0) onMoves(newMoves);
      return lastMoves.get(nameOf(identity)) ?? found.lastMove;
    });
  }

  /** Logs errors of the cache and the database: digests are shown without them. */
  async function tolerate<Result>(
    fallback: Result,
    what: string,
    use: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await use();
    } catch (error) {
      logger.error(`${what} of images is not available; digests are shown without it`, toError(error));
      return fallback;
    }
  }
}

function isFresh({ inventory, live }: KnownImage, now: number): boolean {
  return inventory.expiresAt > now && (live === undefined || live.expiresAt > now);
}

function withoutLifetime(known: KnownImage): KnownImage {
  return {
    ...known,
    inventory: { ...known.inventory, expiresAt: 0 },
    ...(known.live && { live: { ...known.live, expiresAt: 0 } }),
  };
}

/** The observations of this look-up, without those that were carried over. */
function newObservations(
  identity: ImageIdentity,
  before: KnownImage | undefined,
  { inventory, live }: KnownImage,
): readonly ImageObservation[] {
  return [newObservation(before?.inventory, inventory), newObservation(before?.live, live)].flatMap(
    (observation) => (observation === undefined ? [] : [{ identity, observation }]),
  );
}

/** The failures of this look-up, without those that were carried over. */
function newFailures(
  identity: ImageIdentity,
  before: KnownImage | undefined,
  { inventory, live }: KnownImage,
): readonly FailedLookUp[] {
  const failures: FailedLookUp[] = [];
  if (inventory !== before?.inventory && inventory.failure)
    failures.push({ identity, source: 'DescribeImageInstances', failure: inventory.failure });
  if (live !== before?.live && live?.failure)
    failures.push({ identity, source: 'DescribeImage', failure: live.failure });
  return failures;
}

function newObservation(before: KnownSource | undefined, after: KnownSource | undefined) {
  return after === before || after?.failure !== undefined ? undefined : after?.observation;
}
