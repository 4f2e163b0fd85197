import { type Endpoint, resolveEndpoint } from '@describe-image/core/protocol';
import type { InstanceConfig } from '../config/instance-config.ts';

/** Security Center's console. No address of a single image in it is documented. */
const CHINA = 'https://yundun.console.aliyun.com/?p=sas';
const INTERNATIONAL = 'https://yundun.console.alibabacloud.com/?p=sas';

/** The console of an account; `undefined` where its endpoint does not tell which one it is. */
export function consoleUrlOf({ consoleUrl, region }: InstanceConfig, { host }: Endpoint): string | undefined {
  if (consoleUrl !== undefined) return consoleUrl;
  if (host === resolveEndpoint({ region: 'cn-hangzhou' }).host) return CHINA;
  if (host === resolveEndpoint({ region: 'ap-southeast-1' }).host) return INTERNATIONAL;
  if (region !== undefined) return region.startsWith('cn-') ? CHINA : INTERNATIONAL;
  return undefined;
}
