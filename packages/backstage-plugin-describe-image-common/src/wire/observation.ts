import { z } from 'zod';

/** `sha256:` and 64 hex digits. */
export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();

/** The operation that returned a digest. DescribeImageInstances is Security Center's inventory. */
export const sourceSchema = z.enum(['DescribeImage', 'DescribeImageInstances']);

export const observationSchema = z.object({
  digest: digestSchema,
  source: sourceSchema,
  observedAt: instantSchema,
  requestId: z.string().optional(),
});

/** One source's digest of a tag at a time. @public */
export type Observation = z.infer<typeof observationSchema>;
