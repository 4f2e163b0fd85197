import { z } from 'zod';
import { numberOrText } from './number-or-text.ts';

const severity = z.enum(['critical', 'high', 'normal', 'low']);

/** The schema of `describeImage.notifications`. */
export const notificationSchema = z.strictObject({
  events: z
    .array(z.enum(['moved', 'moved-back', 'risk-increased', 'scan-failed', 'not-verified']))
    .default(['moved', 'moved-back', 'risk-increased', 'scan-failed']),
  severity: z
    .strictObject({
      moved: severity.default('normal'),
      'moved-back': severity.default('high'),
      drift: severity.default('high'),
      'risk-increased': severity.default('high'),
      'scan-failed': severity.default('normal'),
      'not-verified': severity.default('low'),
    })
    .prefault({}),
  notVerifiedHours: numberOrText(z.number().positive().max(8_760)).default(24),
  language: z.enum(['en', 'zh']).default('en'),
});

/** Which events notify owners, and how. */
export type NotificationConfig = z.infer<typeof notificationSchema>;
