import { normalizeDigest } from '@describe-image/core/protocol';
import { z } from 'zod';

const containerSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  pod: z.string(),
  container: z.string(),
  /** The references under which the pod and the container runtime name the image, with or without tag and digest. */
  images: z.array(z.string()),
  /** The digest of the registry. Absent when the runtime reports only the id of a local image. */
  digest: z
    .string()
    .transform((text) => normalizeDigest(text))
    .optional(),
  /** ISO 8601. */
  since: z.string().optional(),
});

/** Schema of {@link RunningContainers}, in a text column. */
export const runningContainersSchema = z.object({
  /** Epoch milliseconds. */
  observedAt: z.number(),
  /** Set when a cluster could not be read: why, in one clause. */
  fault: z.string().optional(),
  containers: z.array(containerSchema),
});

/** The running containers of an entity in all of its clusters. */
export type RunningContainers = z.output<typeof runningContainersSchema>;

/** A running container. */
export type RunningContainer = RunningContainers['containers'][number];

const podSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string().optional() })) }),
  status: z.object({
    containerStatuses: z
      .array(
        z.object({
          name: z.string(),
          image: z.string().optional(),
          imageID: z.string().optional(),
          state: z
            .object({ running: z.object({ startedAt: z.iso.datetime().nullish() }).nullish() })
            .nullish(),
        }),
      )
      .nullish(),
  }),
});

type Pod = z.infer<typeof podSchema>;

const responseSchema = z.object({
  items: z.array(
    z.object({
      cluster: z.object({ name: z.string() }),
      resources: z.array(z.object({ resources: z.array(z.unknown()) })),
    }),
  ),
});

/**
 * Parses the response of the Kubernetes plugin to a query of pods. A cluster without a list could not be read: the plugin omits what
 * failed. It also omits clusters without any object and without errors.
 *
 * @throws ZodError for another format.
 */
export function parsePods(response: unknown, now: number): RunningContainers {
  const { items } = responseSchema.parse(response);
  const unread: string[] = [];
  const containers: RunningContainer[] = [];
  for (const { cluster, resources } of items) {
    if (resources.length === 0) unread.push(cluster.name);
    for (const pod of resources.flatMap((list) => list.resources))
      containers.push(...containersOf(cluster.name, podSchema.parse(pod)));
  }
  return {
    observedAt: now,
    ...(unread.length > 0 && { fault: `the pods of ${unread.join(', ')} could not be read` }),
    containers,
  };
}

function containersOf(cluster: string, { metadata, spec, status }: Pod): RunningContainer[] {
  return (status.containerStatuses ?? []).flatMap(({ name, image, imageID, state }) => {
    if (!state?.running) return [];
    const written = spec.containers.find((container) => container.name === name)?.image;
    const { reference, digest } = parseImageId(imageID);
    const since = state.running.startedAt;
    return {
      cluster,
      namespace: metadata.namespace,
      pod: metadata.name,
      container: name,
      images: [...new Set([written, image, reference].filter((text) => text !== undefined))],
      ...(digest !== undefined && { digest }),
      ...(since && { since: new Date(since).toISOString() }),
    };
  });
}

/**
 * Parses the spellings of `imageID`: `docker-pullable://repository@sha256:…` of dockershim, `repository@sha256:…` of containerd and CRI-O. An
 * id without a repository, `sha256:…` or `docker://sha256:…`, is the id of a local image and not a digest of the registry.
 */
function parseImageId(imageId = ''): {
  readonly reference?: string;
  readonly digest?: ReturnType<typeof normalizeDigest>;
} {
  const text = imageId.replace(/^[a-z-]+:\/\//, '');
  const at = text.lastIndexOf('@');
  if (at < 1) return {};
  const digest = normalizeDigest(text.slice(at + 1));
  return digest === undefined ? {} : { reference: text, digest };
}
