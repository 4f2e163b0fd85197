import { z } from 'zod';
import { faultRuleSchema } from '../faults/parse-fault-rule.ts';
import { OPERATION_NAMES } from '../operations/operation-names.ts';
import { parseWithSchema } from '../parse-with-schema.ts';
import { reachesState, SCAN_STATES } from './scan.ts';
import type { Seed, SeedRegistry, SeedScan, SeedVulnerability } from './seed.ts';

/**
 * Validates a seed, for example one read from a file.
 *
 * @throws {SeedError} naming every wrong field and what is expected there.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { createEmulator, parseSeed } from '@describe-image/emulator';
 *
 * const seed = parseSeed(JSON.parse(readFileSync('seed.json', 'utf8')), 'seed.json');
 * const emulator = await createEmulator({ seed });
 * ```
 *
 * @public
 */
export function parseSeed(value: unknown, source = 'seed'): Seed {
  return parseWithSchema(seedSchema, value, source, SeedError);
}

/** A seed is invalid. The message names fields and never repeats a key. @public */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly code = 'INVALID_SEED';
}

const time = z.string().refine((text) => parseTime(text, 0) !== undefined, {
  error: 'must be an ISO 8601 time, or relative to the start such as "+10m" or "-3d"',
});
const DURATION_FORM = 'must be a duration such as "1500ms", "90s", "15m", "2h" or "1d"';
const duration = z.string().refine((text) => parseDuration(text) !== undefined, { error: DURATION_FORM });
const step = z
  .string()
  .refine((text) => (parseDuration(text) ?? 0) > 0, { error: `${DURATION_FORM}, and above 0` });
const text = z.string().min(1);
const hex64 = z.string().regex(/^(?:sha256:)?[0-9a-f]{64}$/, {
  error: 'must be 64 lower-case hex digits, with or without "sha256:"',
});
const count = z.int().min(0);

const push = z.strictObject({
  at: time,
  digest: hex64.nullable(),
  imageId: hex64.optional(),
  sizeBytes: count.optional(),
});

const vulnerability = z.strictObject({
  name: text,
  title: text.optional(),
  titleZh: text.optional(),
  cves: z.array(text).optional(),
  necessity: z.enum(['asap', 'later', 'nntf']).optional(),
  fixable: z.boolean().optional(),
  handled: z.boolean().optional(),
  os: text.optional(),
  osRelease: text.optional(),
  ruleTag: text.optional(),
  packages: z.array(
    z.strictObject({ name: text, version: text, path: text.optional(), updateCommand: text.optional() }),
  ),
});

/** The vulnerabilities that a scan finds. */
export const vulnerabilitiesSchema: z.ZodType<number | SeedVulnerability[]> = z.union([
  count,
  z.array(vulnerability),
]);

const scanFields = z.strictObject({
  step: step.optional(),
  result: z.enum(['SUCCESS', 'FAIL', 'TIMEOUT']).optional(),
  haltAt: z.enum(SCAN_STATES).optional(),
  error: text.optional(),
  vulnerabilities: vulnerabilitiesSchema.optional(),
  alerts: count.optional(),
  baselineRisks: count.optional(),
});

const haltsInTime = ({ result = 'SUCCESS', haltAt }: Pick<SeedScan, 'result' | 'haltAt'>): boolean =>
  haltAt === undefined || reachesState(result, haltAt);
const NEVER_HALTS = { path: ['haltAt'], error: 'a scan that fails or times out ends before this state' };
const scan = scanFields.extend({ startedAt: time }).refine(haltsInTime, NEVER_HALTS);

/** A scan that starts now. */
export const startedScanSchema: z.ZodType<Omit<SeedScan, 'startedAt'>> = scanFields.refine(
  haltsInTime,
  NEVER_HALTS,
);

/** @throws {RangeError} naming every wrong field of the scan and what is expected there. */
export function parseStartedScan(value: unknown): Omit<SeedScan, 'startedAt'> {
  return parseWithSchema(startedScanSchema, value, 'scan');
}

const tag = z.strictObject({
  tag: text,
  history: z.array(push).min(1),
  scans: z.array(scan).optional(),
  deployed: z.boolean().optional(),
  inventory: z.boolean().optional(),
  inventoryLag: duration.optional(),
  inventoryAsOf: time.optional(),
  sourceBizTag: text.optional(),
});

const repository = z.strictObject({
  repoId: text,
  namespace: z.string(),
  name: text,
  type: text.optional(),
  tags: z.array(tag),
});

const hosts = z.array(text);
const registry = z.strictObject({
  registryType: text.optional(),
  regionId: text,
  instanceId: text,
  domains: z
    .strictObject({ internet: hosts.optional(), intranet: hosts.optional(), vpc: hosts.optional() })
    .optional(),
  repositories: z.array(repository),
});

/** @throws {RangeError} naming every wrong field of the registry and what is expected there. */
export function parseRegistry(value: unknown): SeedRegistry {
  return parseWithSchema(registry, value, 'registry');
}

const callsPerSecond = z.number().positive();
const throttle = z.strictObject({
  callsPerSecond: callsPerSecond.optional(),
  operations: z.partialRecord(z.enum(OPERATION_NAMES), callsPerSecond).optional(),
});

const key = z.strictObject({
  accessKeyId: text,
  accessKeySecret: text,
  status: z.enum(['Active', 'Inactive']).optional(),
  user: text.optional(),
  securityToken: text.optional(),
  expiresAt: time.optional(),
  allow: z.array(text).optional(),
  deny: z.array(text).optional(),
  throttle: throttle.optional(),
});

const role = z.strictObject({
  name: text,
  allow: z.array(text).optional(),
  deny: z.array(text).optional(),
  maxSessionSeconds: z.int().min(900).max(43_200).optional(),
  trust: z
    .strictObject({
      users: z.array(text).optional(),
      roles: z.array(text).optional(),
      oidcProviders: z.array(text).optional(),
      oidcSubjects: z.array(text).optional(),
      externalId: text.optional(),
    })
    .optional(),
});

const oidcProvider = z.strictObject({
  name: text,
  tokens: z.array(text).optional(),
  issuer: text.optional(),
  audience: text.optional(),
});

const metadata = z.strictObject({
  role: text,
  v1: z.boolean().optional(),
  v2: z.boolean().optional(),
  sessionSeconds: z.int().min(1).optional(),
});

const seedSchema: z.ZodType<Seed> = z
  .strictObject({
    $schema: z.string().optional(),
    name: text.optional(),
    accountId: z
      .string()
      .regex(/^\d{16}$/, { error: 'must be 16 digits' })
      .optional(),
    keys: z.array(key).optional(),
    roles: z.array(role).optional(),
    oidcProviders: z.array(oidcProvider).optional(),
    metadata: metadata.optional(),
    throttle: throttle.optional(),
    faults: z.array(faultRuleSchema).optional(),
    registries: z.array(registry).optional(),
    inventoryLag: duration.optional(),
    churn: z.enum(['none', 'grow', 'shrink', 'swap']).optional(),
  })
  .superRefine(({ metadata: instance, roles = [] }, context) => {
    if (instance === undefined) return;
    const isKnown = roles.some(({ name }) => name.toLowerCase() === instance.role.toLowerCase());
    if (!isKnown)
      context.addIssue({
        code: 'custom',
        path: ['metadata', 'role'],
        message: `must be the name of a role of the seed, got "${instance.role}"`,
      });
  });

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Parses a duration such as `90s` to milliseconds. `undefined` for any other text. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

/** Parses a time of a seed to milliseconds since the epoch. `+` and `-` count from `start`. `undefined` for any other text. */
export function parseTime(text: string, start: number): number | undefined {
  if (text.startsWith('+') || text.startsWith('-')) {
    const offset = parseDuration(text.slice(1));
    return offset === undefined ? undefined : start + (text.startsWith('-') ? -offset : offset);
  }
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
