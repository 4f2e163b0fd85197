import { type KeyNames, readKeys } from '../files/read-keys.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { variable } from '../host/variable.ts';
import type { CredentialSource } from './credential-source.ts';
import { absent, failed } from './credential-source-error.ts';

/** Official names first, then those that the vendor's command line also reads. Keys of different spellings are not mixed. */
const SPELLINGS: readonly KeyNames[] = ['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_', ''].map((prefix) => ({
  accessKeyId: `${prefix}ACCESS_KEY_ID`,
  accessKeySecret: `${prefix}ACCESS_KEY_SECRET`,
  securityToken: `${prefix}SECURITY_TOKEN`,
}));

/** Keys, or an STS token with its keys, in environment variables. */
export function environmentSource(host: CredentialHost): CredentialSource {
  return {
    name: 'environment',
    label: 'environment variables',
    async find() {
      const complete = SPELLINGS.find(
        ({ accessKeyId, accessKeySecret }) => variable(host, accessKeyId) && variable(host, accessKeySecret),
      );
      if (complete === undefined) throw incomplete(host);
      const credentials = readKeys(host.environment, complete, 'environment variables');
      const token = credentials.securityToken === undefined ? '' : ` with ${complete.securityToken}`;
      return { credentials, description: `${complete.accessKeyId}${token}` };
    },
  };
}

/** Other products have bare names too, so half a pair of those is nobody's mistake. */
function incomplete(host: CredentialHost): Error {
  for (const { accessKeyId, accessKeySecret } of SPELLINGS.slice(0, -1)) {
    const hasId = variable(host, accessKeyId) !== undefined;
    if (!hasId && variable(host, accessKeySecret) === undefined) continue;
    const [present, missing] = hasId ? [accessKeyId, accessKeySecret] : [accessKeySecret, accessKeyId];
    return failed(`${present} is set, but ${missing} is not`, `Set ${missing}, or unset ${present}.`);
  }
  return absent('ALIBABA_CLOUD_ACCESS_KEY_ID is not set');
}
