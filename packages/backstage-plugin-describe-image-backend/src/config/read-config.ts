import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { instanceSchema } from './instance-config.ts';
import { notificationSchema } from './notification-config.ts';
import { numberOrText } from './number-or-text.ts';

/** The configuration below `describeImage` with all defaults applied. */
export type DescribeImageConfig = z.infer<typeof configSchema>;

/**
 * Reads the configuration below `describeImage`.
 *
 * @throws InputError that names each invalid option and what is expected. It never contains a value, which could be a key.
 */
export function readConfig(config: RootConfigService): DescribeImageConfig {
  const parsed = configSchema.safeParse(config.getOptional('describeImage') ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  throw new InputError(`reading the configuration of the plugin describe-image: ${faults.join('; ')}`);
}

const seconds = (fallback: number) => numberOrText(z.number().min(1).max(86_400)).default(fallback);

const configSchema = z.strictObject({
  instances: z
    .array(instanceSchema)
    .superRefine((instances, context) => {
      const names = instances.map(({ name }) => name);
      for (const [index, name] of names.entries())
        if (names.indexOf(name) !== index)
          context.addIssue({
            code: 'custom',
            path: [index, 'name'],
            message: `another instance has the name ${JSON.stringify(name)}; rename one of them`,
          });
    })
    .prefault([{ name: 'default' }]),
  cache: z
    .strictObject({
      inventorySeconds: seconds(300),
      liveSeconds: seconds(60),
      failureSeconds: seconds(15),
      refreshSeconds: numberOrText(z.number().min(0).max(86_400)).default(5),
    })
    .prefault({}),
  history: z
    .strictObject({ retentionDays: numberOrText(z.number().positive().max(36_500)).default(180) })
    .prefault({}),
  pages: z
    .strictObject({ deadlineSeconds: numberOrText(z.number().positive().max(86_400)).default(5) })
    .prefault({}),
  notifications: notificationSchema.prefault({}),
  kubernetes: z.strictObject({ enabled: z.boolean().default(false) }).prefault({}),
  refresh: z
    .strictObject({
      enabled: z.boolean().default(true),
      frequencySeconds: seconds(300),
      slowestSeconds: seconds(3600),
      timeoutSeconds: seconds(600),
      requestsPerSecond: numberOrText(z.number().positive()).default(2),
      liveChecks: z
        .strictObject({
          perMinute: numberOrText(z.number().min(0).max(6_000)).default(30),
          maxAgeSeconds: numberOrText(z.number().min(1).max(31_536_000)).default(21_600),
        })
        .prefault({}),
    })
    .prefault({}),
});

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, step) => (typeof step === 'number' ? `${place}[${step}]` : `${place}.${String(step)}`),
    'describeImage',
  );
}
