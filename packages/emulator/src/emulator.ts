import type { EmulatorClock } from './clock.ts';
import type { Faults } from './faults/faults.ts';
import type { MetadataService } from './metadata/metadata-service.ts';
import type { LoggedRequest } from './request-log.ts';
import type { EmulatorSnapshot } from './snapshot.ts';
import type { World } from './world/world.ts';

/** A running emulator. */
export interface Emulator {
  /** Where the API answers, Security Center and STS alike; for example `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** Where the metadata service answers: `/latest/…` goes behind it. */
  readonly metadataUrl: string;
  /** What `ALIBABA_CLOUD_CREDENTIALS_URI` can be set to. */
  readonly credentialsUri: string;
  /** Every request so far, oldest first; signatures and tokens redacted. */
  readonly requests: readonly LoggedRequest[];
  readonly clock: EmulatorClock;
  /** Images, tags and scans. */
  readonly state: World;
  /** The script of misbehaviour. */
  readonly faults: Faults;
  /** Instance metadata: which versions answer, for which role. */
  readonly metadata: MetadataService;
  /** Back to the seed: images, keys, faults, nonces, log and request ids. The clock stays where it is. */
  reset(): void;
  /** What the emulator has become, as plain JSON without secrets. */
  snapshot(): EmulatorSnapshot;
  /**
   * Back to a snapshot of the same seed, its time included.
   *
   * @throws {RangeError} when it is no snapshot, or one of another seed.
   */
  restore(snapshot: EmulatorSnapshot): void;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
