import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { APP } from '../folders.ts';

const EntitySchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), annotations: z.record(z.string(), z.string()).optional() }),
  spec: z.looseObject({ owner: z.string().optional(), system: z.string().optional() }),
});

/** An entity of the demo's catalog. */
export type DemoEntity = z.infer<typeof EntitySchema>;

/** Everything in `catalog/entities.yaml`. */
export function readEntities(): DemoEntity[] {
  const text = readFileSync(join(APP, 'catalog/entities.yaml'), 'utf8');
  return parseAllDocuments(text).map((document) => EntitySchema.parse(document.toJS()));
}
