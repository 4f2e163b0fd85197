import type { CredentialSource } from '../credential-source.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { variable } from '../host/credential-host.ts';
import { type KeyNames, readKeys } from '../read-keys.ts';
import { absent, failed } from '../source-error.ts';

/** The official names first, then those that the vendor's command line also reads. One pair is read from one spelling. */
const SPELLINGS: readonly KeyNames[] = ['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_', ''].map((prefix) => ({
  accessKeyId: `${prefix}ACCESS_KEY_ID`,
  accessKeySecret: `${prefix}ACCESS_KEY_SECRET`,
  securityToken: `${prefix}SECURITY_TOKEN`,
}));

/** An AccessKey, or an STS token with its keys, in environment variables. */
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

/** Reports half a pair. Names without a prefix are left out: other products use them too. */
function incomplete(host: CredentialHost): Error {
  for (const { accessKeyId, accessKeySecret } of SPELLINGS.slice(0, -1)) {
    const hasId = variable(host, accessKeyId) !== undefined;
    if (!hasId && variable(host, accessKeySecret) === undefined) continue;
    const [present, missing] = hasId ? [accessKeyId, accessKeySecret] : [accessKeySecret, accessKeyId];
    return failed(`${present} is set, but ${missing} is not`, `Set ${missing}, or unset ${present}.`);
  }
  return absent('ALIBABA_CLOUD_ACCESS_KEY_ID is not set');
}
