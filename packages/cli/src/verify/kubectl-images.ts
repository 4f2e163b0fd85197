import { UsageError } from '../command-error.ts';
import { splitDigest } from '../manifests/found-image.ts';
import type { Declaration } from './declaration.ts';

/** The containers of `kubectl get pods -o json`, with what their specification declares and what runs. */
export function kubectlImages(text: string): readonly Declaration[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new UsageError(
      'stdin: not JSON',
      'Pipe the output of: kubectl get pods --all-namespaces --output json',
    );
  }
  const items = listOf(document, 'items');
  const pods = items.length > 0 || field(document, 'items') !== undefined ? items : [document];
  return pods.flatMap(podImages);
}

const CONTAINERS = [
  ['initContainers', 'initContainerStatuses'],
  ['containers', 'containerStatuses'],
  ['ephemeralContainers', 'ephemeralContainerStatuses'],
] as const;

function podImages(pod: unknown): readonly Declaration[] {
  const metadata = field(pod, 'metadata');
  const podName = `${textOf(metadata, 'namespace') ?? 'default'}/${textOf(metadata, 'name') ?? '?'}`;
  return CONTAINERS.flatMap(([specification, status]) => {
    const statuses = listOf(field(pod, 'status'), status);
    return listOf(field(pod, 'spec'), specification).flatMap((container) => {
      const image = textOf(container, 'image');
      const name = textOf(container, 'name') ?? '?';
      if (image === undefined) return [];
      const running = statuses.find((candidate) => textOf(candidate, 'name') === name);
      const { name: reference, digest } = splitDigest(image);
      return {
        reference: /:[^/]+$/.test(reference) || digest === undefined ? reference : image,
        declared: digest,
        running: runningDigest(textOf(running, 'imageID')),
        places: [{ name: `${podName} ${name}` }],
      };
    });
  });
}

/**
 * The digest of an `imageID`: `docker-pullable://name@sha256:…`, `docker.io/name@sha256:…` or `name@sha256:…`. A bare `sha256:…` and
 * `docker://sha256:…` are the id of the image's configuration, which is not the digest of its manifest.
 */
export function runningDigest(imageId: string | undefined): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(imageId ?? '')?.[1];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const text = field(value, name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = field(value, name);
  return Array.isArray(list) ? list : [];
}
