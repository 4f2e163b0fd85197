import { z } from 'zod';
import type { MetadataChange } from '../metadata/metadata-service.ts';
import { parseWithSchema } from '../parse-with-schema.ts';
import type { ImageSelector, RepositorySelector } from '../world/image-selector.ts';
import { startedScanSchema } from '../world/parse-seed.ts';
import type { InventoryChurn, SeedScan } from '../world/seed.ts';

/** @throws {RangeError} naming every wrong field of the body and what is expected there. */
export function parseBody<Body>(schema: z.ZodType<Body>, value: unknown): Body {
  return parseWithSchema(schema, value ?? {}, 'body');
}

const text = z.string().min(1);
const repository = {
  regionId: text.optional(),
  instanceId: text.optional(),
  repoId: text.optional(),
  repository: text.optional(),
};
const image = { ...repository, tag: text };

export const repositoryBody: z.ZodType<RepositorySelector> = z.strictObject(repository);

export const imageBody: z.ZodType<ImageSelector> = z.strictObject(image);

export const pushBody: z.ZodType<ImageSelector & { readonly digest?: string | undefined }> = z.strictObject({
  ...image,
  digest: text.optional(),
});

export interface ScanBody extends ImageSelector {
  readonly scan?: Omit<SeedScan, 'startedAt'> | undefined;
}

export const scanBody: z.ZodType<ScanBody> = z.strictObject({
  ...image,
  scan: startedScanSchema.optional(),
});

export const churnBody: z.ZodType<{ readonly churn: InventoryChurn }> = z.strictObject({
  churn: z.enum(['none', 'grow', 'shrink', 'swap']),
});

/** How the clock is changed: exactly one of these. */
export type ClockBody =
  | { readonly set: string }
  | { readonly advanceMs: number }
  | { readonly frozen: boolean };

export const clockBody: z.ZodType<ClockBody> = z.union([
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceMs: z.number() }),
  z.strictObject({ frozen: z.boolean() }),
]);

export const metadataBody: z.ZodType<MetadataChange> = z.strictObject({
  role: text.nullable().optional(),
  v1: z.boolean().optional(),
  v2: z.boolean().optional(),
  sessionSeconds: z.int().min(1).optional(),
});
