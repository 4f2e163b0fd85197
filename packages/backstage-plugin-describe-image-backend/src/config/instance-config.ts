import { DescribeImageError, resolveEndpoint } from '@describe-image/core/protocol';
import { z } from 'zod';
import { numberOrText } from './number-or-text.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A host or URL. Keys must not be sent unencrypted to another machine. */
const endpoint = z.string().superRefine((value, context) => {
  try {
    const { protocol, hostname } = resolveEndpoint({ endpoint: value });
    if (protocol === 'https:' || LOOPBACK.test(hostname)) return;
    const message = 'expected https; http is allowed for loopback only, such as http://127.0.0.1:4010';
    context.addIssue({ code: 'custom', message });
  } catch (error) {
    if (!DescribeImageError.isInstance(error)) throw error;
    context.addIssue({ code: 'custom', message: error.message.replace(/^endpoint: /, '') });
  }
});

const text = z.string().min(1, 'expected a non-empty string; check that its environment variable is set');

/** One entry of `describeImage.instances`. */
export const instanceSchema = z
  .strictObject({
    name: z.string().regex(/^[\w.-]{1,63}$/, 'expected 1 to 63 letters, digits, _ . -'),
    accessKeyId: text.optional(),
    accessKeySecret: text.optional(),
    securityToken: text.optional(),
    roleArn: text.optional(),
    roleSessionName: text.optional(),
    externalId: text.optional(),
    stsEndpoint: endpoint.optional(),
    site: z.enum(['china', 'international']).optional(),
    region: text.optional(),
    network: z.enum(['public', 'vpc']).optional(),
    endpoint: endpoint.optional(),
    requestsPerSecond: numberOrText(z.number().positive()).optional(),
    concurrency: numberOrText(z.int().min(1).max(1000)).default(8),
    consoleUrl: z.url({ protocol: /^https?$/ }).optional(),
  })
  .superRefine((instance, context) => {
    const reject = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    const { accessKeyId, accessKeySecret, securityToken, roleArn, site, region } = instance;
    if ((accessKeyId === undefined) !== (accessKeySecret === undefined))
      reject(
        accessKeyId === undefined ? 'accessKeyId' : 'accessKeySecret',
        'set both accessKeyId and accessKeySecret, or neither to use the default chain',
      );
    if (securityToken !== undefined && accessKeyId === undefined)
      reject('securityToken', 'requires accessKeyId and accessKeySecret');
    for (const name of ['roleSessionName', 'externalId', 'stsEndpoint'] as const)
      if (instance[name] !== undefined && roleArn === undefined)
        reject(name, 'requires roleArn: set it, or remove this option');
    if (site !== undefined && region !== undefined)
      reject('site', 'cannot be combined with region: remove one of them');
  });

/** A configured account with all defaults applied. */
export type InstanceConfig = z.infer<typeof instanceSchema>;
