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
import { CREDENTIAL_TEST_RULES } from '../src/credential/credential-test-rules.ts';
import { readCredential } from '../src/credential/read-credential.ts';
import { assumeRole, RoleSessionExpiredError, readRoleSession } from '../src/credential/role-session.ts';
import { signN8nRequest } from '../src/credential/sign-n8n-request.ts';

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
      description:
        'AccessKey of a RAM user with the permissions that your workflows need, such as yundun-sas:DescribeImage',
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
      description: 'Required for temporary credentials from STS only',
    },
    {
      displayName: 'Site',
      name: 'site',
      type: 'options',
      options: [
        { name: 'China', value: 'china', description: 'Regions with an ID that starts with cn-' },
        { name: 'Custom Endpoint', value: 'custom', description: 'VPC endpoint, gateway or emulator' },
        { name: 'International', value: 'international', description: 'All other regions' },
      ],
      default: 'china',
      description: 'Security Center site that stores the data of your account',
    },
    {
      displayName: 'Endpoint',
      name: 'endpoint',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://tds.cn-shanghai.aliyuncs.com',
      displayOptions: { show: { site: ['custom'] } },
      description: 'Receives the calls to Security Center and to STS',
    },
    {
      displayName: 'Assume Role',
      name: 'assumeRole',
      type: 'boolean',
      default: false,
      description: 'Whether to use the permissions of a RAM role instead of the permissions of the RAM user',
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
      description: 'External ID that the trust policy of the role requires, if any',
    },
    {
      displayName: 'Session Name',
      name: 'roleSessionName',
      type: 'string',
      default: '',
      placeholder: 'e.g. n8n',
      displayOptions: { show: { assumeRole: [true] } },
      description: 'Name of the session in the audit logs of the account that owns the role',
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
    if (role === undefined) return signN8nRequest(requestOptions, keys);
    const session = readRoleSession(roleSessionToken, new Date());
    if (session === undefined) throw new RoleSessionExpiredError();
    return signN8nRequest(requestOptions, session);
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
