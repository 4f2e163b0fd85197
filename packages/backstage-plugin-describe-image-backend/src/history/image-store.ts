import type {
  HistoryPeriod,
  ImageFailure,
  ImageMove,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { Image } from '@describe-image/core/protocol';
import type { ImageIdentity } from './image-identity.ts';

/** One source's word on an image, just received. */
export interface Observation {
  readonly identity: ImageIdentity;
  readonly source: 'DescribeImage' | 'DescribeImageInstances';
  /** Absent where the source knows the image without a digest. */
  readonly digest: string | undefined;
  readonly observedAt: Date;
  readonly requestId: string | undefined;
  /** The row of the inventory, when it is the source. */
  readonly row?: Image | undefined;
}

/** What was last known of an image, by source. */
export interface StoredImage {
  readonly identity: ImageIdentity;
  readonly live: Observation | undefined;
  readonly inventory: Observation | undefined;
  readonly lastMove: ImageMove | undefined;
  /** Of the last attempt, when it failed. */
  readonly failure: ImageFailure | undefined;
}

/** What the database remembers. */
export interface ImageStore {
  /**
   * Writes observations, and the moves that they amount to; a move is told only once, whoever else observes it. A hundred observations at a
   * time are written whole or not at all, each with its move.
   */
  record(observations: readonly Observation[]): Promise<readonly ImageMove[]>;
  /** Writes that images could not be read; what was known of them stays. */
  recordFailures(
    failures: readonly { readonly identity: ImageIdentity; readonly failure: ImageFailure }[],
  ): Promise<void>;
  /** What is known of these images; those never seen are missing. */
  latest(identities: readonly ImageIdentity[]): Promise<readonly StoredImage[]>;
  /** Newest first. */
  history(
    identity: ImageIdentity,
    limit: number,
  ): Promise<{ readonly periods: readonly HistoryPeriod[]; readonly moves: readonly ImageMove[] }>;
}
