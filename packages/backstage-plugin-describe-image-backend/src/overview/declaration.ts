import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import { z } from 'zod';
import { parseJson } from '../store/tables.ts';

const idsSchema = z.object({
  imageRegionId: z.string(),
  imageInstanceId: z.string(),
  imageRepoId: z.string(),
  imageTag: z.string(),
});

const declarationSchema = z.object({
  /** Name of the instance in the annotation. */
  instance: z.string().exactOptional(),
  image: z.object({
    key: z.string(),
    target: z.union([z.string(), idsSchema]),
    declaredDigest: z.string().exactOptional(),
    label: z.string().exactOptional(),
    place: z.object({ annotation: z.string(), line: z.int(), column: z.int() }),
  }) satisfies z.ZodType<DeclaredImage>,
});

/** An image that an entity declares, in a text column. */
export type Declaration = z.infer<typeof declarationSchema>;

/** @throws ZodError for the format of another version of this package. */
export function parseDeclaration(text: string): Declaration {
  return declarationSchema.parse(parseJson(text));
}
