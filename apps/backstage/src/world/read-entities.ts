import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { APP } from '../folders.ts';

/** The fields of an entity that the demo uses. */
export interface DemoEntity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> | undefined };
  readonly spec: { readonly owner?: string | undefined; readonly system?: string | undefined };
}

/** Reads all entities of `catalog/entities.yaml`. */
export function readEntities(): DemoEntity[] {
  const text = readFileSync(join(APP, 'catalog/entities.yaml'), 'utf8');
  return parseAllDocuments(text).map((document) => entitySchema.parse(document.toJS()));
}

const entitySchema: z.ZodType<DemoEntity> = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).optional() }),
  spec: z.object({ owner: z.string().optional(), system: z.string().optional() }),
});
