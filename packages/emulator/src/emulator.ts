import type { EmulatorClock } from './clock.ts';
import type { Faults } from './faults/faults.ts';
import type { MetadataService } from './metadata/metadata-service.ts';
import type { LoggedRequest } from './request-log.ts';
import type { EmulatorSnapshot } from './snapshot.ts';
import type { World } from './world/world.ts';

/** A running emulator. @public */
export interface Emulator {
  /** The base URL of Security Center and STS, for example `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** The certificate in PEM, for clients to trust. `undefined` without the option `tls`. */
  readonly certificate: string | undefined;
  /** The base URL of the metadata service, without `/latest/…`. */
  readonly metadataUrl: string;
  /** A value for `ALIBABA_CLOUD_CREDENTIALS_URI`. */
  readonly credentialsUri: string;
  /** The requests so far, oldest first, with signatures and tokens redacted. */
  readonly requests: readonly LoggedRequest[];
  readonly clock: EmulatorClock;
  /** Images, tags and scans. */
  readonly state: World;
  /** The rules for faults. */
  readonly faults: Faults;
  /** The metadata service of the instance: its versions and its role. */
  readonly metadata: MetadataService;
  /** Restores the seed: images, keys, faults, nonces, log and request ids. The clock does not change. */
  reset(): void;
  /** Returns the current state as plain JSON without secrets. */
  snapshot(): EmulatorSnapshot;
  /**
   * Restores a snapshot of the same seed, including its time.
   *
   * @throws {RangeError} when the value is not a snapshot, or is of another seed.
   */
  restore(snapshot: EmulatorSnapshot): void;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
