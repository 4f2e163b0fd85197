import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EntityImages,
  ImageHistory,
  ImageOverview,
  Observation,
  RepositoryTags,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { OverviewQuery } from './overview-query.ts';
import type { TagsQuery } from './tags-query.ts';

/** Whose images, and on whose behalf. */
export interface EntityQuestion {
  readonly entityRef: string;
  readonly credentials: BackstageCredentials;
}

/** The answer to whether a tag is what it should be. */
export interface VerifiedImage {
  readonly key: string;
  readonly outcome: 'match' | 'drift' | 'missing';
  readonly expected: string;
  readonly actual?: string;
  readonly source?: Observation['source'];
  readonly observedAt?: string;
  readonly requestId?: string;
}

/** A reference that names one image for ever. */
interface PinnedImage extends Observation {
  readonly key: string;
  readonly pinned: string;
}

/**
 * What routes and actions offer. Each reads the entity with the caller's credentials, and knows no image that the entity does not
 * declare.
 */
export interface ImageService {
  images(question: EntityQuestion & { readonly refresh: boolean }): Promise<EntityImages>;
  history(
    question: EntityQuestion & { readonly image: string; readonly limit: number },
  ): Promise<ImageHistory>;
  tags(question: EntityQuestion & TagsQuery): Promise<RepositoryTags>;
  overview(question: Pick<EntityQuestion, 'credentials'> & OverviewQuery): Promise<ImageOverview>;
  /** Asks the service in any case. The expected digest is the declared one, unless another is given. */
  verify(
    question: EntityQuestion & {
      readonly image?: string | undefined;
      readonly expected?: string | undefined;
    },
  ): Promise<VerifiedImage>;
  pin(question: EntityQuestion & { readonly image?: string | undefined }): Promise<PinnedImage>;
}
