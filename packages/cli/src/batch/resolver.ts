import type { Client, ImagePage, ResolvedImage } from '@describe-image/core';
import {
  type CandidateHints,
  type DigestDemands,
  describableIds,
  indexListing,
  type LiveAnswer,
  type LiveGap,
  type LocatedImage,
  locateImage,
  observeListing,
  observeLive,
  parseImageReference,
  resolveObserved,
  type StatusOptions,
} from '@describe-image/core/images';
import { type Image, ValidationError } from '@describe-image/core/protocol';
import type { DIGEST_SOURCES } from '../commands/output-formats.ts';

export interface ResolverOptions extends StatusOptions, DigestDemands {
  /** `live`: only DescribeImage's digest counts. `inventory`: DescribeImage is not called. */
  readonly source: (typeof DIGEST_SOURCES)[number];
  readonly signal: AbortSignal | undefined;
}

export type Resolver = (reference: string, hints: CandidateHints) => Promise<ResolvedImage>;

type Locate = (reference: string, hints: CandidateHints) => LocatedImage | Promise<LocatedImage>;

/** Resolves references one by one: a search in the inventory, then DescribeImage. */
export function createResolver(
  client: Client,
  options: ResolverOptions,
  locate: Locate = (reference, hints) =>
    locateImage(client.call, reference, { ...hints, signal: options.signal }),
): Resolver {
  const { source, signal } = options;
  return async (text, hints) => {
    const { reference, image, listing } = await locate(text, hints);
    const [row] = observeListing({ ...listing, images: [image] });
    const ids = describableIds(image);
    const answer: LiveAnswer | LiveGap =
      source === 'inventory'
        ? 'not-asked'
        : reference.tag === undefined
          ? 'reference-names-no-tag'
          : ids === undefined
            ? 'ids-not-of-container-registry'
            : await observeLive(client.call, ids, { signal });
    const isAsked = typeof answer === 'object';
    const observed = {
      reference,
      image,
      inventory: row?.inventory,
      live: isAsked ? answer.live : answer,
      requestId: isAsked ? answer.requestId : listing.requestIds.at(-1),
      endpoint: (isAsked ? answer.endpoint : undefined) ?? listing.endpoint,
      attempts: listing.attempts + (isAsked ? answer.attempts : 0),
    };
    const isLive = source === 'live';
    const requireLive = options.requireLive || isLive;
    const resolved = resolveObserved(text, observed, { ...options, requireLive });
    if (!isLive) return resolved;
    const sources = resolved.sources.filter(({ source }) => source !== 'DescribeImageInstances');
    const sourcesAgree =
      sources.length < 2 ? undefined : sources.every(({ digest }) => digest === resolved.digest);
    return { ...resolved, sources, sourcesAgree };
  };
}

/** Below this number of references, one search for each is cheaper than reading the inventory. */
const FEW = 20;
const PAGE_SIZE = 100;

/**
 * Looks references up in the pages of the inventory. Only their rows are kept, and one row of each repository for messages. `undefined`
 * if one search for each reference needs fewer requests.
 */
export async function locateInPages(
  client: Client,
  references: readonly string[],
  signal: AbortSignal | undefined,
  onPage: (rows: number, total: number | undefined) => void,
): Promise<Locate | undefined> {
  if (references.length < FEW) return undefined;
  const wanted = wantedTags(references);
  const images: Image[] = [];
  let rows = 0;
  let last: ImagePage | undefined;
  for await (last of client.listImages({}, { signal, pageSize: PAGE_SIZE }).pages()) {
    const { totalCount = 0 } = last;
    if (totalCount / PAGE_SIZE > references.length) return undefined;
    rows += last.images.length;
    // `raw` repeats the fields, and would double the memory.
    for (const image of last.images) {
      const tags = wanted.get(image.repoName);
      if (tags === undefined) continue;
      const isFirst = !tags.has(ANY);
      if (isFirst) tags.add(ANY);
      if (isFirst || tags.has(image.tag) || tags.has(image.digest)) images.push({ ...image, raw: {} });
    }
    onPage(rows, last.totalCount);
  }
  if (last === undefined) return undefined;
  const { totalCount, inventoryChanged, requestId, endpoint, observedAt } = last;
  const index = indexListing({
    images,
    totalCount,
    inventoryChanged,
    requestIds: [requestId],
    endpoint,
    // The requests are shared by all references.
    attempts: 0,
    source: 'DescribeImageInstances',
    observedAt,
  });
  return (reference, hints) => index.locate(reference, hints);
}

/** Marks a repository of which a row was kept. Not a tag. */
const ANY = '*';

/** The tags, or the digests of references without a tag, of each repository. A text that is no reference is reported when it is looked up. */
function wantedTags(references: readonly string[]): Map<string | undefined, Set<string | undefined>> {
  const wanted = new Map<string | undefined, Set<string | undefined>>();
  for (const text of references) {
    try {
      const { repository, tag, digest } = parseImageReference(text);
      const tags = wanted.get(repository) ?? new Set();
      wanted.set(repository, tags.add(tag ?? digest));
    } catch (error) {
      if (!ValidationError.isInstance(error)) throw error;
    }
  }
  return wanted;
}
