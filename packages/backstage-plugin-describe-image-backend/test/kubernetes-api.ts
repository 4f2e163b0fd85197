import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A container of a pod, as the kubelet reports it. */
export interface ContainerOptions {
  readonly name?: string;
  /** The image in the spec of the pod. */
  readonly image: string;
  /** Of `status.containerStatuses[]`: for example `docker-pullable://repository@sha256:…`. */
  readonly imageID?: string;
  /** The image in the status. Default: that of the spec. */
  readonly statusImage?: string;
  /** Absent for a container that waits. */
  readonly startedAt?: string;
}

/** A pod in the format of https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export function pod(name: string, app: string, ...containers: readonly ContainerOptions[]): object {
  return {
    metadata: {
      name,
      namespace: 'shop',
      labels: { 'backstage.io/kubernetes-id': app, 'pod-template-hash': '7d9f8c6b5' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app}-7d9f8c6b5`, uid: 'u' }],
    },
    spec: {
      containers: containers.map(({ name: container = 'main', image }) => ({ name: container, image })),
    },
    status: {
      phase: 'Running',
      containerStatuses: containers.map(({ name: container = 'main', image, ...status }) => ({
        name: container,
        ready: status.startedAt !== undefined,
        restartCount: 0,
        image: status.statusImage ?? image,
        imageID: status.imageID ?? '',
        state:
          status.startedAt === undefined
            ? { waiting: { reason: 'ImagePullBackOff' } }
            : { running: { startedAt: status.startedAt } },
      })),
    },
  };
}

/** A Kubernetes API server that lists pods, and has no other objects. */
export interface KubernetesApi {
  readonly url: string;
  pods: object[];
  /** The status of the list of pods. */
  status: number;
  readonly requests: string[];
}

/** Starts the server, and stops it after the test. */
export async function startKubernetesApi(pods: object[] = []): Promise<KubernetesApi> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const isPods = url.pathname.endsWith('/pods');
    requests.push(`${url.pathname}${url.search} ${request.headers.authorization}`);
    response.setHeader('content-type', 'application/json');
    if (isPods && api.status !== 200) {
      response.statusCode = api.status;
      response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: api.status }));
      return;
    }
    const kind = isPods ? 'PodList' : 'List';
    response.end(JSON.stringify({ kind, apiVersion: 'v1', metadata: {}, items: isPods ? api.pods : [] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a TCP port
  const api: KubernetesApi = { url: `http://127.0.0.1:${port}`, pods, status: 200, requests };
  return api;
}
