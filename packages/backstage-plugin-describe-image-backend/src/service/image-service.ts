import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EntityImages,
  ImageHistory,
  ImageOverview,
  Observation,
  OverviewRow,
  RepositoryTags,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { OverviewExportQuery, OverviewQuery, TagsQuery } from './queries.ts';

/** An entity and the credentials of the caller. */
export interface EntityRequest {
  readonly entityRef: string;
  readonly credentials: BackstageCredentials;
}

/** The result of comparing a tag's digest with the expected one. */
export interface VerifiedImage {
  readonly key: string;
  readonly outcome: 'match' | 'drift' | 'missing';
  readonly expected: string;
  readonly actual?: string;
  readonly source?: Observation['source'];
  readonly observedAt?: string;
  readonly requestId?: string;
}

/** A reference by digest, and the observation of that digest. */
interface PinnedImage extends Observation {
  readonly key: string;
  readonly pinned: string;
}

/** The operations behind routes and actions. Each reads the entity with the caller's credentials, and only images that it declares. */
export interface ImageService {
  images(request: EntityRequest & { readonly refresh: boolean }): Promise<EntityImages>;
  history(request: EntityRequest & { readonly image: string; readonly limit: number }): Promise<ImageHistory>;
  tags(request: EntityRequest & TagsQuery): Promise<RepositoryTags>;
  overview(request: Pick<EntityRequest, 'credentials'> & OverviewQuery): Promise<ImageOverview>;
  /** All rows of the overview. Rejects before the first row when the caller lacks the permission. */
  overviewRows(
    request: Pick<EntityRequest, 'credentials'> & OverviewExportQuery,
  ): Promise<AsyncIterable<OverviewRow>>;
  /** Always requests the service. The expected digest defaults to the declared one. */
  verify(
    request: EntityRequest & {
      readonly image?: string | undefined;
      readonly expected?: string | undefined;
    },
  ): Promise<VerifiedImage>;
  pin(request: EntityRequest & { readonly image?: string | undefined }): Promise<PinnedImage>;
  /** Pins a reference that no entity needs to declare. Always requests the service. */
  pinReference(
    request: Pick<EntityRequest, 'credentials'> & {
      readonly reference: string;
      /** Name of the configured instance. Default: the first. */
      readonly instance?: string | undefined;
    },
  ): Promise<Omit<PinnedImage, 'key'>>;
}
