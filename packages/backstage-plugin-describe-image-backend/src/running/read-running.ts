import type { AuthService, BackstageCredentials, DiscoveryService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { parsePods, type RunningContainers } from './running-containers.ts';

/** Reads the running containers of an entity from the back end of the Kubernetes plugin. */
export type ReadRunning = (
  entityRef: string,
  credentials: BackstageCredentials,
) => Promise<RunningContainers>;

/** The annotations by which the Kubernetes plugin finds the objects of an entity. */
const ANNOTATIONS = ['backstage.io/kubernetes-id', 'backstage.io/kubernetes-label-selector'];

/** Whether the Kubernetes plugin can find objects of an entity. */
export function hasWorkloads({ metadata: { annotations = {} } }: Entity): boolean {
  return ANNOTATIONS.some((name) => annotations[name]);
}

/** The query of workloads would request a dozen other types of objects from each cluster. */
const PODS = { group: '', apiVersion: 'v1', plural: 'pods' };

/** A page waits for this request. */
const TIMEOUT_MS = 5_000;

/** Creates the reader. It requests the plugin by HTTP, so that this package does not depend on it. */
export function createReadRunning(services: {
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
  readonly now: () => number;
}): ReadRunning {
  const { auth, discovery, now } = services;
  return async (entityRef, credentials) => {
    const [url, { token }] = await Promise.all([
      discovery.getBaseUrl('kubernetes'),
      auth.getPluginRequestToken({ onBehalfOf: credentials, targetPluginId: 'kubernetes' }),
    ]);
    const response = await fetch(`${url}/resources/custom/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      // Clusters with credentials on the server need none here. Those that need a user's token cannot be read.
      body: JSON.stringify({ entityRef, auth: {}, customResources: [PODS] }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return parsePods(await response.json(), now());
  };
}
