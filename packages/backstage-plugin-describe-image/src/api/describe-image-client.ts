import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  type EntityImages,
  entityImagesSchema,
  type ImageHistory,
  type ImageOverview,
  imageHistorySchema,
  imageOverviewSchema,
  type RepositoryTags,
  repositoryTagsSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { DescribeImageApi, ImageOverviewQuery, RepositoryTagsQuery } from './describe-image-api.ts';

interface Schema<Data> {
  safeParse(value: unknown): { success: true; data: Data } | { success: false; error: Error };
}

/** Sends requests to the back end as the signed-in user. */
export class DescribeImageClient implements DescribeImageApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getEntityImages(entityRef: string): Promise<EntityImages> {
    return this.#send('GET', imagesPath(entityRef), entityImagesSchema);
  }

  refreshEntityImages(entityRef: string): Promise<EntityImages> {
    return this.#send('POST', `${imagesPath(entityRef)}/refresh`, entityImagesSchema);
  }

  getImageHistory(entityRef: string, key: string): Promise<ImageHistory> {
    return this.#send('GET', `${imagesPath(entityRef)}/history?${query({ image: key })}`, imageHistorySchema);
  }

  getRepositoryTags({ entityRef, key, ...rest }: RepositoryTagsQuery): Promise<RepositoryTags> {
    const path = `${imagesPath(entityRef)}/tags?${query({ image: key, ...rest })}`;
    return this.#send('GET', path, repositoryTagsSchema);
  }

  getOverview(overview: ImageOverviewQuery): Promise<ImageOverview> {
    return this.#send('GET', `/overview?${query({ ...overview })}`, imageOverviewSchema);
  }

  async exportOverview({ page: _, pageSize: __, ...filters }: ImageOverviewQuery): Promise<Blob> {
    return (await this.#fetch('GET', `/overview.csv?${query({ ...filters })}`)).blob();
  }

  async #fetch(method: 'GET' | 'POST', path: string): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('describe-image');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, { method });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }

  async #send<Data>(method: 'GET' | 'POST', path: string, schema: Schema<Data>): Promise<Data> {
    const response = await this.#fetch(method, path);
    const result = schema.safeParse(await response.json());
    if (result.success) return result.data;
    const request = `${method} ${path.replace(/\?.*/, '')}`;
    throw new Error(
      `${request}: the response does not match its schema. Install the same version of all describe-image packages`,
      { cause: result.error },
    );
  }
}

function imagesPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/entities/${[kind, namespace, name].map(encodeURIComponent).join('/')}/images`;
}

/** Encodes parameters, without undefined and empty ones. */
function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
