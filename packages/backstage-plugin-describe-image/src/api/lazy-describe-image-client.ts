import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type { DescribeImageApi } from './describe-image-api.ts';

/** A client that is loaded at the first request. It keeps the response schemas out of the app's initial bundle. */
export function lazyDescribeImageClient(options: {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}): DescribeImageApi {
  let loading: Promise<DescribeImageApi> | undefined;
  const client = (): Promise<DescribeImageApi> => {
    loading ??= import('./describe-image-client.ts').then(
      ({ DescribeImageClient }) => new DescribeImageClient(options),
    );
    // A failed load is not cached: the next request loads again.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  return {
    getEntityImages: async (entityRef) => (await client()).getEntityImages(entityRef),
    refreshEntityImages: async (entityRef) => (await client()).refreshEntityImages(entityRef),
    getImageHistory: async (entityRef, key) => (await client()).getImageHistory(entityRef, key),
    getRepositoryTags: async (query) => (await client()).getRepositoryTags(query),
    getOverview: async (query) => (await client()).getOverview(query),
    exportOverview: async (query) => (await client()).exportOverview(query),
  };
}
