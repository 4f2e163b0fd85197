import { z } from 'zod';
import { OPERATION_NAMES } from '../operations/operation-names.ts';
import { parseWithSchema } from '../parse-with-schema.ts';
import type { FaultEffect, FaultRule } from './fault-rule.ts';

/**
 * Validates a fault rule, for example one that came over HTTP.
 *
 * @throws {RangeError} naming every wrong field and what is expected there.
 */
export function parseFaultRule(value: unknown): FaultRule {
  return parseWithSchema(faultRuleSchema, value, 'fault');
}

const text = z.string().min(1);
const count = z.int().min(0);
const status = z.int().min(200).max(599);

const effect: z.ZodType<FaultEffect> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    code: text,
    status: status.optional(),
    message: z.string().optional(),
    retryAfterMs: z.int().optional(),
    format: z.enum(['JSON', 'XML']).optional(),
  }),
  z.strictObject({
    kind: z.literal('throttle'),
    scope: z.enum(['User', 'Api']).optional(),
    retryAfterMs: z.int().optional(),
  }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('cut-body'), bytes: count.optional() }),
  z.strictObject({ kind: z.literal('truncate'), bytes: count.optional() }),
  z.strictObject({
    kind: z.literal('slow-body'),
    chunkBytes: z.int().min(1).optional(),
    intervalMs: count.optional(),
  }),
  z.strictObject({ kind: z.literal('html'), status: status.optional() }),
  z.strictObject({ kind: z.literal('empty-body'), status: status.optional() }),
  z.strictObject({ kind: z.literal('content-type'), contentType: text.optional() }),
  z.strictObject({
    kind: z.literal('no-digest'),
    shape: z.enum(['no-data', 'empty-data', 'null-digest', 'empty-digest']).optional(),
  }),
  z.strictObject({ kind: z.literal('junk-digest'), digest: z.string().optional() }),
  z.strictObject({
    kind: z.literal('response'),
    status,
    headers: z.record(text, z.string()).optional(),
    body: z.string(),
  }),
]);

/** The shape of a rule, for schemas that contain rules. */
export const faultRuleSchema: z.ZodType<FaultRule> = z
  .strictObject({
    operation: z.enum(OPERATION_NAMES).optional(),
    accessKeyId: text.optional(),
    skip: count.optional(),
    times: z.int().min(1).optional(),
    probability: z.number().min(0).max(1).optional(),
    when: z.enum(['before', 'after']).optional(),
    delayMs: count.optional(),
    effect: effect.optional(),
  })
  .refine(({ effect: given, delayMs = 0 }) => given !== undefined || delayMs > 0, {
    error: 'must have an effect or a delayMs above 0',
  });
