import { z } from 'zod';
import { digestSchema, instantSchema } from './facts.ts';

const count = z.int().nonnegative().optional();

/** What the inventory lets one say of an image's safety. Counts are the service's; it gives no severities. */
export const riskSchema = z.object({
  state: z.enum(['unknown', 'scanning', 'failed', 'stale', 'risky', 'clean']),
  /** One clause that says why. */
  reason: z.string(),
  vulnerabilities: count,
  alerts: count,
  baselineRisks: count,
  lastScanTime: instantSchema.optional(),
  /** What was scanned, which need not be what the tag points to. */
  scannedDigest: digestSchema.optional(),
});

/** What the inventory lets one say of an image's safety. @public */
export type ImageRisk = z.infer<typeof riskSchema>;
