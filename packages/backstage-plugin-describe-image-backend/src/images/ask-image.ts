import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { DeclaredImage, ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import pLimit from 'p-limit';
import type { Instance } from '../clients/instance.ts';
import { type ImageIdentity, nameOf } from '../history/image-identity.ts';
import type { ImageStore, Observation, StoredImage } from '../history/image-store.ts';
import { askSources, type Lifetimes } from './ask-sources.ts';
import { failureToTell } from './failure-to-tell.ts';
import type { KnownImage, KnownSource } from './known-image.ts';
import type { KnownImages } from './known-images.ts';
import { rowOf } from './row-of.ts';

/** What is known of an image, and whether anybody was asked just now. */
export interface AskedImage {
  readonly known: KnownImage;
  readonly fromCache: boolean;
}

/** Asks for one image, through the cache. */
export type AskImage = (
  instance: Instance,
  image: Pick<DeclaredImage, 'key' | 'target'>,
  options: { readonly refresh: boolean },
) => Promise<AskedImage>;

export interface AskImageOptions {
  readonly knownImages: KnownImages;
  readonly store: ImageStore;
  readonly lifetimes: Lifetimes & {
    /** How long after a question another refresh asks nobody. */
    readonly refreshMs: number;
  };
  readonly now: () => number;
  readonly logger: LoggerService;
  /** Told of what the cache had, image by image. */
  readonly onLookUp: (instance: string, outcome: 'hit' | 'miss') => void;
  /** Told of moves that nobody else has told. */
  readonly onMoves: (identity: ImageIdentity, moves: readonly ImageMove[]) => Promise<void>;
}

/** Images under way at once, over all requests. Core bounds the calls of each instance besides. */
const IMAGES_AT_ONCE = 16;

/** Makes the one way by which images are asked for: equal questions at one time are one. */
export function createAskImage(options: AskImageOptions): AskImage {
  const { knownImages, lifetimes, now, logger, onLookUp } = options;
  const flights = new Map<string, Promise<KnownImage>>();
  const limit = pLimit(IMAGES_AT_ONCE);

  return async (instance, image, { refresh }) => {
    const identity = { instance: instance.name, key: image.key };
    const cached = await attempt(undefined, 'the cache', () => knownImages.read(identity));
    const again = refresh && cached !== undefined && now() - cached.askedAt >= lifetimes.refreshMs;
    if (cached !== undefined && !again && isFresh(cached, now())) {
      onLookUp(instance.name, 'hit');
      return { known: cached, fromCache: true };
    }
    onLookUp(instance.name, 'miss');
    const name = nameOf(identity);
    const flight =
      flights.get(name) ??
      limit(() => askAgain(identity, instance, image, again && cached ? expired(cached) : cached)).finally(
        () => flights.delete(name),
      );
    flights.set(name, flight);
    return { known: await flight, fromCache: false };
  };

  async function askAgain(
    identity: ImageIdentity,
    { call }: Instance,
    { target }: Pick<DeclaredImage, 'target'>,
    cached: KnownImage | undefined,
  ): Promise<KnownImage> {
    const onFault = (error: unknown): void =>
      logger.error(`an image of ${identity.instance} could not be read: ${identity.key}`, toError(error));
    const before = cached ?? (await remembered(identity));
    const asked = await askSources({ call, lifetimes, now, onFault }, target, before);
    const lastMove = await remember(identity, before, asked);
    const known = lastMove === undefined ? asked : { ...asked, lastMove };
    await attempt(undefined, 'the cache', () => knownImages.write(identity, known));
    return known;
  }

  async function remembered(identity: ImageIdentity): Promise<KnownImage | undefined> {
    const [stored] = await attempt([], 'the history', () => options.store.latest([identity]));
    return stored && knownFromStore(stored);
  }

  async function remember(
    identity: ImageIdentity,
    before: KnownImage | undefined,
    asked: KnownImage,
  ): Promise<ImageMove | undefined> {
    return attempt(asked.lastMove, 'the history', async () => {
      const moves = await options.store.record(observationsOf(identity, before, asked));
      const failure = failureToTell(asked);
      if (failure !== undefined) await options.store.recordFailures([{ identity, failure }]);
      if (moves.length > 0) await options.onMoves(identity, moves);
      return (await options.store.latest([identity]))[0]?.lastMove;
    });
  }

  /** What cannot be remembered is no reason to hide what the service says. */
  async function attempt<Result>(
    fallback: Result,
    what: string,
    use: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await use();
    } catch (error) {
      logger.error(`${what} of images could not be used; digests are shown without it`, toError(error));
      return fallback;
    }
  }
}

/** What the database remembers, as if the cache had kept it too long. */
export function knownFromStore({ live, inventory, lastMove }: StoredImage): KnownImage {
  return {
    version: 1,
    askedAt: 0,
    inventory: { ...sourceFrom(inventory), ...(inventory?.row && { row: inventory.row.raw }) },
    ...(live && { live: sourceFrom(live) }),
    ...(lastMove && { lastMove }),
  };
}

function sourceFrom(observation: Observation | undefined): KnownSource {
  if (observation === undefined) return { expiresAt: 0, absent: false };
  const { digest, observedAt, requestId } = observation;
  const answer = {
    ...(digest !== undefined && { digest }),
    observedAt: observedAt.toISOString(),
    ...(requestId !== undefined && { requestId }),
  };
  return { expiresAt: 0, absent: false, answer };
}

function isFresh({ inventory, live }: KnownImage, now: number): boolean {
  return inventory.expiresAt > now && (live === undefined || live.expiresAt > now);
}

function expired(known: KnownImage): KnownImage {
  return {
    ...known,
    inventory: { ...known.inventory, expiresAt: 0 },
    ...(known.live && { live: { ...known.live, expiresAt: 0 } }),
  };
}

/** What was answered just now, and not carried over. */
function observationsOf(
  identity: ImageIdentity,
  before: KnownImage | undefined,
  { inventory, live }: KnownImage,
): readonly Observation[] {
  const observations: Observation[] = [];
  if (isNews(before?.inventory, inventory))
    observations.push({
      ...observationOf(identity, 'DescribeImageInstances', inventory),
      row: rowOf(inventory),
    });
  if (live !== undefined && isNews(before?.live, live))
    observations.push(observationOf(identity, 'DescribeImage', live));
  return observations;
}

function isNews(before: KnownSource | undefined, after: KnownSource): boolean {
  return after.answer !== undefined && after.failure === undefined && after !== before;
}

function observationOf(
  identity: ImageIdentity,
  source: Observation['source'],
  { answer }: KnownSource,
): Observation {
  return {
    identity,
    source,
    digest: answer?.digest,
    observedAt: new Date(answer?.observedAt ?? Number.NaN),
    requestId: answer?.requestId,
  };
}
