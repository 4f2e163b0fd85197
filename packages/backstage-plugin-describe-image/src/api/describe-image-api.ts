import { type ApiRef, createApiRef } from '@backstage/frontend-plugin-api';
import type {
  EntityImages,
  ImageHistory,
  ImageOverview,
  ImageState,
  RepositoryTags,
  TagSort,
} from '@describe-image/backstage-plugin-describe-image-common';

/** Selects tags of the repository of a declared image. @public */
export interface RepositoryTagsQuery {
  readonly entityRef: string;
  /** Key of the declared image. */
  readonly key: string;
  /** Substring of a tag or digest. An empty string selects all tags. */
  readonly search: string;
  readonly sort: TagSort;
  /** Starts at 1. */
  readonly page: number;
  /** At most 100. */
  readonly pageSize: number;
}

/** Selects images for the overview. @public */
export interface ImageOverviewQuery {
  /** Entity ref of an owner. */
  readonly owner?: string;
  /** Entity ref of a system. */
  readonly system?: string;
  /** Repository without tag, as in {@link ImageReport.repository}. */
  readonly repository?: string;
  /** The worst state of an image. */
  readonly state?: ImageState;
  /** Substring of an image or entity name, or of a digest. */
  readonly search?: string;
  /** Starts at 1. */
  readonly page: number;
  /** At most 100. */
  readonly pageSize: number;
}

/**
 * Client of the plugin's back end. Every method rejects with a `ResponseError` if the back end returns an error status, and with an `Error`
 * if the response does not match its schema.
 *
 * @public
 */
export interface DescribeImageApi {
  /** Returns the images of an entity. The back end may answer from its cache. */
  getEntityImages(entityRef: string): Promise<EntityImages>;
  /** Returns the images of an entity after new requests to Alibaba Cloud. */
  refreshEntityImages(entityRef: string): Promise<EntityImages>;
  /** Returns the observations of one image. `key` is the key of the declared image. */
  getImageHistory(entityRef: string, key: string): Promise<ImageHistory>;
  /** Returns one page of the tags of an image's repository. */
  getRepositoryTags(query: RepositoryTagsQuery): Promise<RepositoryTags>;
  /** Returns one page of the images of all entities that the user may read. */
  getOverview(query: ImageOverviewQuery): Promise<ImageOverview>;
  /** Returns all images that match the filters of a query, as CSV. */
  exportOverview(query: ImageOverviewQuery): Promise<Blob>;
}

/**
 * The API ref of {@link DescribeImageApi}.
 *
 * @example
 * ```tsx
 * import { useApi } from '@backstage/frontend-plugin-api';
 * import { describeImageApiRef } from '@describe-image/backstage-plugin-describe-image';
 *
 * export function useLiveDigests(): (entityRef: string) => Promise<(string | undefined)[]> {
 *   const api = useApi(describeImageApiRef);
 *   return async (entityRef) => {
 *     const { images } = await api.getEntityImages(entityRef);
 *     return images.map(({ live }) => live?.digest);
 *   };
 * }
 * ```
 *
 * @public
 */
export const describeImageApiRef: ApiRef<DescribeImageApi> = createApiRef<DescribeImageApi>().with({
  id: 'plugin.describe-image.service',
  pluginId: 'describe-image',
});
