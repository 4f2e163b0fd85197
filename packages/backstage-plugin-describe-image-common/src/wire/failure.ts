import { z } from 'zod';
import { instantSchema } from './observation.ts';

/** Schema of {@link ImageFailure}. @public */
export const failureSchema = z.object({
  /** Classifies failures by their remedy. */
  kind: z.enum([
    'permission',
    'credentials',
    'not-found',
    'ambiguous',
    'throttled',
    'unreachable',
    'invalid-reference',
    'unknown-instance',
    'service',
    /** The account did not respond before the deadline of the page. */
    'deadline',
    /** Calls are paused, because the endpoint of the account failed repeatedly. */
    'paused',
  ]),
  message: z.string(),
  /** What to do next, in one sentence. */
  remedy: z.string(),
  /** The service's error code, for example `Throttling.User`. */
  apiCode: z.string().optional(),
  requestId: z.string().optional(),
  observedAt: instantSchema,
  /** The missing RAM action, and the smallest policy that allows it. */
  ramAction: z.string().optional(),
  policy: z.unknown().optional(),
  retryAfterMs: z.int().nonnegative().optional(),
});

/** Why an image could not be read. @public */
export type ImageFailure = z.infer<typeof failureSchema>;
