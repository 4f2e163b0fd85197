import type {
  IAuthenticate,
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  IDataObject,
  IHttpRequestHelper,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';
import { readCredential } from '../src/credential.ts';
import { CREDENTIAL_TEST_RULES } from '../src/credential-test-rules.ts';
import { assumeRole, readRoleSession } from '../src/role-session.ts';
import { SessionExpired } from '../src/session-expired.ts';
import { signHostRequest } from '../src/sign-host-request.ts';

export class DescribeImageAlibabaCloudRamApi implements ICredentialType {
  name = 'describeImageAlibabaCloudRamApi';

  displayName = 'Alibaba Cloud RAM API';

  icon: Icon = { light: 'file:../icons/describe-image.svg', dark: 'file:../icons/describe-image.dark.svg' };

  documentationUrl = 'https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair';

  properties: INodeProperties[] = [
    {
      displayName: 'AccessKey ID',
      name: 'accessKeyId',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. LTAI5tExampleExample',
      description: 'Of a RAM user that may call what your workflows need, such as yundun-sas:DescribeImage',
    },
    {
      displayName: 'AccessKey Secret',
      name: 'accessKeySecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
    },
    {
      displayName: 'Security Token',
      name: 'securityToken',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description: 'Only for temporary keys from STS',
    },
    {
      displayName: 'Site',
      name: 'site',
      type: 'options',
      options: [
        { name: 'China', value: 'china', description: 'Regions whose ID begins with cn-' },
        { name: 'Custom Endpoint', value: 'custom', description: 'A VPC endpoint, a gateway or an emulator' },
        { name: 'International', value: 'international', description: 'All other regions' },
      ],
      default: 'china',
      description: 'Where Security Center keeps the data of your account',
    },
    {
      displayName: 'Endpoint',
      name: 'endpoint',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://tds.cn-shanghai.aliyuncs.com',
      displayOptions: { show: { site: ['custom'] } },
      description: 'Security Center and STS are both asked here',
    },
    {
      displayName: 'Assume Role',
      name: 'assumeRole',
      type: 'boolean',
      default: false,
      description: 'Whether to call with the permissions of a RAM role instead of those of the key itself',
    },
    {
      displayName: 'Role ARN',
      name: 'roleArn',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. acs:ram::1234567890123456:role/image-reader',
      displayOptions: { show: { assumeRole: [true] } },
    },
    {
      displayName: 'External ID',
      name: 'externalId',
      type: 'string',
      default: '',
      displayOptions: { show: { assumeRole: [true] } },
      description: 'What the owner of the role asks you to give, if anything',
    },
    {
      displayName: 'Session Name',
      name: 'roleSessionName',
      type: 'string',
      default: '',
      placeholder: 'e.g. n8n',
      displayOptions: { show: { assumeRole: [true] } },
      description: 'Seen in the audit logs of the role’s account',
    },
    {
      displayName: 'Role Session Token',
      name: 'roleSessionToken',
      type: 'hidden',
      typeOptions: { expirable: true, password: true },
      default: '',
    },
  ];

  async preAuthentication(
    this: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
  ): Promise<IDataObject> {
    const fields = readCredential(credentials);
    return fields.role === undefined ? {} : { roleSessionToken: await assumeRole(this.helpers, fields) };
  }

  authenticate: IAuthenticate = async (
    credentials: ICredentialDataDecryptedObject,
    requestOptions: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const { keys, role, roleSessionToken } = readCredential(credentials);
    if (role === undefined) return signHostRequest(requestOptions, keys);
    const session = readRoleSession(roleSessionToken, new Date());
    // n8n takes this for an HTTP 401, takes on the role again and comes back.
    if (session === undefined) throw new SessionExpired();
    return signHostRequest(requestOptions, session);
  };

  test: ICredentialTestRequest = {
    request: {
      baseURL:
        '={{ $credentials.site === "custom" ? ($credentials.endpoint.includes("://") ? "" : "https://") + $credentials.endpoint.trim() : $credentials.site === "international" ? "https://sts.ap-southeast-1.aliyuncs.com" : "https://sts.cn-hangzhou.aliyuncs.com" }}',
      url: '/',
      method: 'POST',
      qs: { Action: 'GetCallerIdentity', Version: '2015-04-01' },
      ignoreHttpStatusErrors: true,
    },
    rules: CREDENTIAL_TEST_RULES,
  };
}
