import { z } from 'zod';
import { moveSchema } from './image-report.ts';

/** The channel on which open pages hear of moved tags. @public */
export const DESCRIBE_IMAGE_CHANNEL = 'describe-image';

/** What is said there: which image moved. It names no entity and no digest's risk, since everybody signed in can hear it. */
export const imageSignalSchema = z.object({
  type: z.literal('moved'),
  instance: z.string(),
  key: z.string(),
  move: moveSchema,
});

/** @public */
export type ImageSignal = z.infer<typeof imageSignalSchema>;

/** The topic on which other back ends hear of moved tags, through Backstage's events; the payload is an {@link ImageSignal}. @public */
export const IMAGE_MOVED_TOPIC = 'describe-image.moved';
