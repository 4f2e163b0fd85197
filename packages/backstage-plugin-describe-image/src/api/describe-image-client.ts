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

interface Schema<Answer> {
  safeParse(value: unknown): { success: true; data: Answer } | { success: false; error: Error };
}

/** Asks the back end over HTTP, as the user who is signed in. */
export class DescribeImageClient implements DescribeImageApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getEntityImages(entityRef: string): Promise<EntityImages> {
    return this.#ask('GET', imagesPath(entityRef), entityImagesSchema);
  }

  refreshEntityImages(entityRef: string): Promise<EntityImages> {
    return this.#ask('POST', `${imagesPath(entityRef)}/refresh`, entityImagesSchema);
  }

  getImageHistory(entityRef: string, key: string): Promise<ImageHistory> {
    return this.#ask('GET', `${imagesPath(entityRef)}/history?${query({ image: key })}`, imageHistorySchema);
  }

  getRepositoryTags({ entityRef, key, ...rest }: RepositoryTagsQuery): Promise<RepositoryTags> {
    const path = `${imagesPath(entityRef)}/tags?${query({ image: key, ...rest })}`;
    return this.#ask('GET', path, repositoryTagsSchema);
  }

  getOverview(overview: ImageOverviewQuery): Promise<ImageOverview> {
    return this.#ask('GET', `/overview?${query({ ...overview })}`, imageOverviewSchema);
  }

  async #ask<Answer>(method: 'GET' | 'POST', path: string, schema: Schema<Answer>): Promise<Answer> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('describe-image');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, { method });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const answer = schema.safeParse(await response.json());
    if (answer.success) return answer.data;
    const what = `${method} ${path.replace(/\?.*/, '')} was answered in another shape than agreed`;
    throw new Error(`${what}: install the same version of the describe-image packages on both sides`, {
      cause: answer.error,
    });
  }
}

function imagesPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/entities/${[kind, namespace, name].map(encodeURIComponent).join('/')}/images`;
}

/** Leaves out what is absent or empty. */
function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
