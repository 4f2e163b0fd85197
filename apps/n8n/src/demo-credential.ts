import { demoCredentials } from '@describe-image/emulator';

/** The id and the name that the example workflows refer to. */
const CREDENTIAL = { id: 'describeimagecred1', name: 'Alibaba Cloud RAM' };

const CREDENTIAL_TYPE = 'describeImageAlibabaCloudRamApi';

/** The emulator's keys, as `n8n import:credentials` reads them. */
export function demoCredential(endpoint: string): Readonly<Record<string, unknown>> {
  const data = {
    ...demoCredentials,
    securityToken: '',
    site: 'custom',
    endpoint,
    assumeRole: false,
    allowedHttpRequestDomains: 'all',
  };
  return { ...CREDENTIAL, type: CREDENTIAL_TYPE, data };
}
