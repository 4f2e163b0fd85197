import { z } from 'zod';
import { imageReportSchema } from './image-report.ts';

export const faultSchema = z.object({
  place: z.object({ annotation: z.string(), line: z.int(), column: z.int() }),
  text: z.string(),
  message: z.string(),
});

/** The card's data: `GET /entities/:kind/:namespace/:name/images`, and the answer of `POST …/images/refresh`. */
export const entityImagesSchema = z.object({
  entityRef: z.string(),
  images: z.array(imageReportSchema),
  /** Pieces of the annotations that could not be read. */
  faults: z.array(faultSchema),
});

/** The images of one entity. @public */
export type EntityImages = z.infer<typeof entityImagesSchema>;
