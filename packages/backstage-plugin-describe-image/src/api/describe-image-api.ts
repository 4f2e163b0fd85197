import type {
  EntityImages,
  ImageHistory,
  ImageOverview,
  RepositoryTags,
  TagSort,
} from '@describe-image/backstage-plugin-describe-image-common';

/** Which tags of a declared image's repository to list. @public */
export interface RepositoryTagsQuery {
  readonly entityRef: string;
  /** Key of the declared image. */
  readonly key: string;
  /** Looked for in tags and digests. */
  readonly search: string;
  readonly sort: TagSort;
  /** Counts from 1. */
  readonly page: number;
  /** At most 100. */
  readonly pageSize: number;
}

/** Which images of the organisation to list. @public */
export interface ImageOverviewQuery {
  /** Entity ref of an owner. */
  readonly owner?: string;
  /** Entity ref of a system. */
  readonly system?: string;
  readonly search?: string;
  /** Counts from 1. */
  readonly page: number;
  readonly pageSize: number;
}

/**
 * What the plugin's back end says. Every method rejects with a `ResponseError` when the back end refuses, and with an `Error` that names
 * the route when the answer has another shape than agreed.
 *
 * @public
 */
export interface DescribeImageApi {
  getEntityImages(entityRef: string): Promise<EntityImages>;
  /** Has the back end ask Alibaba Cloud again, past its cache. */
  refreshEntityImages(entityRef: string): Promise<EntityImages>;
  getImageHistory(entityRef: string, key: string): Promise<ImageHistory>;
  getRepositoryTags(query: RepositoryTagsQuery): Promise<RepositoryTags>;
  getOverview(query: ImageOverviewQuery): Promise<ImageOverview>;
}
