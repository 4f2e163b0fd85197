import { z } from 'zod';
import { instantSchema } from './facts.ts';

/** Why there is no answer for an image, by what can be done about it. */
export const failureSchema = z.object({
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
  ]),
  message: z.string(),
  /** What to do next, in a sentence. */
  remedy: z.string(),
  /** The service's own code, for example `Throttling.User`. */
  apiCode: z.string().optional(),
  requestId: z.string().optional(),
  observedAt: instantSchema,
  /** The missing RAM action and the smallest policy that allows it. */
  ramAction: z.string().optional(),
  policy: z.unknown().optional(),
  retryAfterMs: z.int().nonnegative().optional(),
});

/** Why there is no answer for an image. @public */
export type ImageFailure = z.infer<typeof failureSchema>;
