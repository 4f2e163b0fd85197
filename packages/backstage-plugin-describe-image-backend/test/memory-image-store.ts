import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { ImageIdentity } from '../src/history/image-identity.ts';
import type { ImageStore, Observation, StoredImage } from '../src/history/image-store.ts';

/** An image store that forgets when the process ends. Moves are those of DescribeImage. */
export function memoryImageStore(): ImageStore & { readonly observations: Observation[] } {
  const images = new Map<string, StoredImage>();
  const moves = new Map<string, ImageMove[]>();
  const observations: Observation[] = [];
  const nameOf = ({ instance, key }: ImageIdentity): string => JSON.stringify([instance, key]);
  const emptyImage = (identity: ImageIdentity): StoredImage => ({
    identity,
    live: undefined,
    inventory: undefined,
    lastMove: undefined,
    failure: undefined,
  });
  return {
    observations,
    async record(observed) {
      const told: ImageMove[] = [];
      for (const observation of observed) {
        observations.push(observation);
        const name = nameOf(observation.identity);
        const before = images.get(name) ?? emptyImage(observation.identity);
        const { digest, observedAt } = observation;
        const from = before.live?.digest;
        if (observation.source === 'DescribeImage' && from && digest && from !== digest) {
          const known = moves.get(name) ?? [];
          const movedBack = known.some((move) => move.from === digest);
          const move = {
            id: `${name} ${known.length}`,
            from,
            to: digest,
            observedAt: observedAt.toISOString(),
            movedBack,
          };
          moves.set(name, [move, ...known]);
          told.push(move);
        }
        const source = observation.source === 'DescribeImage' ? 'live' : 'inventory';
        images.set(name, {
          ...before,
          [source]: observation,
          lastMove: moves.get(name)?.[0],
          failure: undefined,
        });
      }
      return told;
    },
    async recordFailure(identity, failure) {
      images.set(nameOf(identity), { ...(images.get(nameOf(identity)) ?? emptyImage(identity)), failure });
    },
    latest: async (identities) => identities.flatMap((identity) => images.get(nameOf(identity)) ?? []),
    async history(identity, limit) {
      const periods = observations
        .filter((observation) => nameOf(observation.identity) === nameOf(identity) && observation.digest)
        .map(({ digest = '', source, observedAt, requestId }) => ({
          digest,
          source,
          firstSeenAt: observedAt.toISOString(),
          lastSeenAt: observedAt.toISOString(),
          observations: 1,
          ...(requestId !== undefined && { requestId }),
        }))
        .reverse();
      return { periods: periods.slice(0, limit), moves: (moves.get(nameOf(identity)) ?? []).slice(0, limit) };
    },
  };
}
