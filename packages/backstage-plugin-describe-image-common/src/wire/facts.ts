import { z } from 'zod';

/** `sha256:` and 64 hex digits. */
export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();

/** Which operation said so: DescribeImage is asked for one tag, DescribeImageInstances is Security Center's inventory. */
export const sourceSchema = z.enum(['DescribeImage', 'DescribeImageInstances']);

/** A digest, who said so, and when. */
export const observationSchema = z.object({
  digest: digestSchema,
  source: sourceSchema,
  observedAt: instantSchema,
  requestId: z.string().optional(),
});

/** A digest, who said so, and when. @public */
export type Observation = z.infer<typeof observationSchema>;
