import { describeImage } from './describe-image.ts';
import { describeImageInstances } from './describe-image-instances.ts';
import type { Operation } from './operation.ts';

/** The operations of Security Center the emulator answers. */
export const SAS_OPERATIONS: readonly Operation[] = [describeImage, describeImageInstances];
