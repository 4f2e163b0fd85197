import { z } from 'zod';
import { moveSchema } from './image-report.ts';

/** The signals channel on which open pages are notified of moved tags. @public */
export const DESCRIBE_IMAGE_CHANNEL = 'describe-image';

/**
 * Schema of {@link ImageSignal}. Every signed-in user can receive signals, so a message contains only {@link ImageReport.id}, a hash.
 *
 * @public
 */
export const imageSignalSchema = z.object({ type: z.literal('moved'), image: z.string() });

/** Message that a tag moved and that its image should be requested again. @public */
export type ImageSignal = z.infer<typeof imageSignalSchema>;

/** The topic of Backstage events about moved tags. @public */
export const IMAGE_MOVED_TOPIC = 'describe-image.moved';

/** Schema of {@link ImageMoved}. @public */
export const imageMovedSchema = z.object({ instance: z.string(), key: z.string(), move: moveSchema });

/** Payload of an event about a moved tag. @public */
export type ImageMoved = z.infer<typeof imageMovedSchema>;
