import { z } from 'zod';
import type { ActiveFault } from './faults/fault-rule.ts';
import { faultRuleSchema } from './faults/parse-fault-rule.ts';
import { parseWithSchema } from './parse-with-schema.ts';
import type { SessionRecord } from './sts/sessions.ts';
import { vulnerabilitiesSchema } from './world/parse-seed.ts';
import type { WorldSnapshot } from './world/world.ts';

/** The state of an emulator as plain JSON. Holds no secret. @public */
export interface EmulatorSnapshot {
  readonly version: 1;
  /** Name of the seed it belongs to. */
  readonly seed: string;
  /** The emulator's time, in milliseconds since the epoch. */
  readonly time: number;
  /** How many request ids were used. */
  readonly requestIds: number;
  readonly world: WorldSnapshot;
  readonly faults: readonly ActiveFault[];
  readonly sessions: readonly SessionRecord[];
  /** Used nonces, with the time of their use. */
  readonly nonces: readonly (readonly [string, number])[];
}

/**
 * Validates a snapshot, for example one that was kept in a file.
 *
 * @throws {RangeError} naming every wrong field and what is expected there.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { createEmulator, parseSnapshot } from '@describe-image/emulator';
 *
 * const emulator = await createEmulator();
 * emulator.restore(parseSnapshot(JSON.parse(readFileSync('snapshot.json', 'utf8'))));
 * ```
 *
 * @public
 */
export function parseSnapshot(value: unknown): EmulatorSnapshot {
  return parseWithSchema(snapshotSchema, value, 'snapshot');
}

const text = z.string();
const time = z.number();
const count = z.int().min(0);

const location = z.object({
  registryType: text,
  regionId: text,
  instanceId: text,
  endpoints: text,
  repoId: text,
  namespace: text,
  repoName: text,
  repoType: text,
});

const record = z.object({
  location,
  tag: text,
  pushes: z.array(z.object({ at: time, digest: text.nullable(), imageId: text, sizeBytes: count })),
  scans: z.array(
    z.object({
      startedAt: time,
      stepMs: z.number().positive(),
      result: z.enum(['SUCCESS', 'FAIL', 'TIMEOUT']),
      haltAt: text.optional(),
      error: text.optional(),
      vulnerabilities: vulnerabilitiesSchema,
      alerts: count,
      baselineRisks: count,
    }),
  ),
  inInventory: z.boolean(),
  lagMs: time,
  asOf: time.optional(),
  syncedAt: time.optional(),
  deployed: z.boolean(),
  sourceBizTag: text.optional(),
});

const snapshotSchema: z.ZodType<EmulatorSnapshot> = z.object({
  version: z.literal(1),
  seed: text,
  time,
  requestIds: count,
  world: z.object({
    records: z.array(record),
    churn: z.enum(['none', 'grow', 'shrink', 'swap']),
    generatedDigests: count,
    locations: z.array(location),
  }),
  faults: z.array(z.object({ id: z.int().min(1), rule: faultRuleSchema, matched: count, applied: count })),
  sessions: z.array(
    z.object({
      sequence: z.int().min(1),
      role: text,
      sessionName: text,
      policy: z.object({ allow: z.array(text), deny: z.array(text) }).optional(),
      expiresAt: time,
    }),
  ),
  nonces: z.array(z.tuple([text, time])),
});
