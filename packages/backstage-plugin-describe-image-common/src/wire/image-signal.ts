import { z } from 'zod';
import { moveSchema } from './image-report.ts';

/** The channel on which open pages hear of moved tags. @public */
export const DESCRIBE_IMAGE_CHANNEL = 'describe-image';

/**
 * What is said there. Everybody who is signed in can hear it, so it says no more than which image to ask about again: `image` is the
 * {@link ImageReport.id} that only those have who may read an entity with it.
 */
export const imageSignalSchema = z.object({ type: z.literal('moved'), image: z.string() });

/** A tag moved; ask again. @public */
export type ImageSignal = z.infer<typeof imageSignalSchema>;

/** The topic on which other back ends hear of moved tags, through Backstage's events. @public */
export const IMAGE_MOVED_TOPIC = 'describe-image.moved';

/** The payload of such an event. */
export const imageMovedSchema = z.object({ instance: z.string(), key: z.string(), move: moveSchema });

/** A tag that moved, told to other back ends. @public */
export type ImageMoved = z.infer<typeof imageMovedSchema>;
