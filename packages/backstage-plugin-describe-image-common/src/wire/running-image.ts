import { z } from 'zod';
import { digestSchema, instantSchema } from './observation.ts';

const placeSchema = z.object({
  /** Name of the cluster in the configuration of the Kubernetes plugin. */
  cluster: z.string(),
  namespace: z.string(),
  pod: z.string(),
  container: z.string(),
  /** When the container started. */
  since: instantSchema.optional(),
});

const runningDigestSchema = z.object({
  /** Absent when the container runtime reports only the id of a local image, which is not a digest of the registry. */
  digest: digestSchema.optional(),
  /** When the first of the running containers started. */
  since: instantSchema.optional(),
  /** Number of running containers. */
  containers: z.int().positive(),
  /** Where they run, at most 20. Absent when the caller lacks the permission `kubernetes.resources.read`. */
  places: z.array(placeSchema).optional(),
});

/** Schema of {@link RunningImage}. @public */
export const runningImageSchema = z.object({
  /**
   * `running` when all running containers of the image are known, `none` when no container runs it, and `unknown` when a cluster could not be
   * read. `digests` can then be incomplete.
   */
  state: z.enum(['running', 'none', 'unknown']),
  /** Why the state is unknown, in one clause. */
  reason: z.string().optional(),
  observedAt: instantSchema,
  digests: z.array(runningDigestSchema),
});

/** The digests of an image that run in Kubernetes. @public */
export type RunningImage = z.infer<typeof runningImageSchema>;
