import type { Credentials } from '@describe-image/core';
import { CredentialsError } from '@describe-image/core/errors';

/**
 * Keys from the variables that Alibaba Cloud's own tools read.
 *
 * @throws CredentialsError naming the variables that are missing.
 * @see {@link https://www.alibabacloud.com/help/en/sdk/developer-reference/v2-manage-node-js-access-credentials | Access credentials of the Node.js SDK}
 */
export function credentialsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Credentials {
  const accessKeyId = environment['ALIBABA_CLOUD_ACCESS_KEY_ID'];
  const accessKeySecret = environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'];
  if (!accessKeyId || !accessKeySecret) {
    const missing = [
      ...(accessKeyId ? [] : ['ALIBABA_CLOUD_ACCESS_KEY_ID']),
      ...(accessKeySecret ? [] : ['ALIBABA_CLOUD_ACCESS_KEY_SECRET']),
    ];
    throw new CredentialsError(`no keys: ${missing.join(' and ')} not set`);
  }
  return {
    accessKeyId,
    accessKeySecret,
    securityToken: environment['ALIBABA_CLOUD_SECURITY_TOKEN'] || undefined,
  };
}
