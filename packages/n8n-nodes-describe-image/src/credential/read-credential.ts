import {
  type Credentials,
  type Endpoint,
  resolveEndpoint,
  ValidationError,
} from '@describe-image/core/protocol';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** n8n requires a type name that is unique across all installed packages. */
export const CREDENTIAL_TYPE = 'describeImageAlibabaCloudRamApi';

/** The fields of the credential, trimmed because pasted keys often have surrounding spaces. */
export interface CredentialFields {
  readonly keys: Credentials;
  /** A custom endpoint serves both Security Center and STS. */
  readonly stsEndpoint: string;
  readonly role:
    | {
        readonly roleArn: string;
        readonly externalId: string | undefined;
        readonly roleSessionName: string | undefined;
      }
    | undefined;
  /** The session of the assumed role, as JSON. */
  readonly roleSessionToken: string | undefined;
}

/** @throws {ValidationError} naming the field that is empty. */
export function readCredential(data: ICredentialDataDecryptedObject): CredentialFields {
  return {
    keys: {
      accessKeyId: required(data, 'accessKeyId', 'AccessKey ID'),
      accessKeySecret: required(data, 'accessKeySecret', 'AccessKey Secret'),
      securityToken: text(data, 'securityToken'),
    },
    stsEndpoint: stsEndpoint(data),
    role:
      data['assumeRole'] === true
        ? {
            roleArn: required(data, 'roleArn', 'Role ARN'),
            externalId: text(data, 'externalId'),
            roleSessionName: text(data, 'roleSessionName'),
          }
        : undefined,
    roleSessionToken: text(data, 'roleSessionToken'),
  };
}

/** @throws {ValidationError} when the custom endpoint is empty or invalid. */
export function securityCenterEndpoint(data: ICredentialDataDecryptedObject): Endpoint {
  const site = text(data, 'site');
  if (site === 'custom') return resolveEndpoint({ endpoint: required(data, 'endpoint', 'Endpoint') });
  return resolveEndpoint({ region: site === 'international' ? 'ap-southeast-1' : 'cn-shanghai' });
}

function stsEndpoint(data: ICredentialDataDecryptedObject): string {
  const site = text(data, 'site');
  if (site === 'custom') return required(data, 'endpoint', 'Endpoint');
  return site === 'international' ? 'sts.ap-southeast-1.aliyuncs.com' : 'sts.cn-hangzhou.aliyuncs.com';
}

function text(data: ICredentialDataDecryptedObject, name: string): string | undefined {
  const value = data[name];
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed;
}

function required(data: ICredentialDataDecryptedObject, name: string, label: string): string {
  const value = text(data, name);
  if (value !== undefined) return value;
  throw new ValidationError(`Alibaba Cloud RAM credential: ${label} is empty`);
}
