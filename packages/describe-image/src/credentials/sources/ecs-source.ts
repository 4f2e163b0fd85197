import { DescribeImageError } from '../../errors/errors.ts';
import type { HttpResponse } from '../../protocol/request.ts';
import type { CredentialSource, FoundCredentials } from '../credential-source.ts';
import {
  abortable,
  type CredentialHost,
  type HostRequest,
  isSwitchedOn,
  variable,
} from '../host/credential-host.ts';
import { requestJson } from '../host/issuer-requests.ts';
import { readExpiration, readKeys, WIRE_NAMES } from '../read-keys.ts';
import { absent, CredentialSourceError, failed } from '../source-error.ts';

/** How the role of this ECS instance is read. @public */
export interface EcsOptions {
  /** @defaultValue `ALIBABA_CLOUD_ECS_METADATA`, else the role that the metadata service names */
  readonly roleName?: string | undefined;
  /** Rejects the older access without a token (v1). @defaultValue `ALIBABA_CLOUD_IMDSV1_DISABLED` */
  readonly disableV1?: boolean | undefined;
}

/** Whether this machine may be an ECS instance, or is configured to be one. */
type Place = 'possible' | 'certain';

/** Machines outside of ECS wait this long for the metadata service. */
const METADATA_TIMEOUT_MS = 1_000;
const TOKEN_LIFE_SECONDS = 21_600;
const ROLES = '/latest/meta-data/ram/security-credentials/';
const LABEL = 'the ECS metadata service';

/** The role of this ECS instance, unless `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is set. */
export function ecsSource(host: CredentialHost, options: EcsOptions = {}): CredentialSource {
  return {
    name: 'ecs',
    label: 'ECS instance role',
    ambient: true,
    async find({ signal } = {}) {
      if (isSwitchedOn(host, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED'))
        throw absent('switched off by ALIBABA_CLOUD_ECS_METADATA_DISABLED');
      return findInstanceRole(abortable(host, signal), options, 'possible');
    },
  };
}

/**
 * Requests a token (v2), the name of the role and its keys from the metadata service. Uses no token (v1) where v2 is not served.
 *
 * @throws CredentialSourceError; `absent` when `place` is `possible` and nothing answers.
 * @see {@link https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata | Instance metadata}
 */
export async function findInstanceRole(
  host: CredentialHost,
  options: EcsOptions,
  place: Place,
): Promise<FoundCredentials> {
  const named = options.roleName ?? variable(host, 'ALIBABA_CLOUD_ECS_METADATA');
  const headers = await tokenHeaders(host, options, named === undefined ? place : 'certain');
  const roleName = named ?? (await discoverRole(host, headers));
  const where = `${LABEL}, role ${roleName}`;
  const { document, clockOffsetMs } = await requestJson(
    host,
    where,
    metadataRequest(host, 'GET', ROLES + encodeURIComponent(roleName), headers),
  );
  if (document['Code'] !== undefined && document['Code'] !== 'Success')
    throw failed(
      `${where}: the code of the answer is not Success`,
      'Check the role that is attached to the instance.',
    );
  return {
    credentials: {
      ...readKeys(document, WIRE_NAMES, where, 'required'),
      expiration: readExpiration(document, 'Expiration', where),
    },
    clockOffsetMs,
    description: `the role ${roleName} of this ECS instance`,
  };
}

/** The headers of further requests. */
async function tokenHeaders(
  host: CredentialHost,
  options: EcsOptions,
  place: Place,
): Promise<Record<string, string>> {
  const response = await requestMetadata(host, place, {
    ...metadataRequest(host, 'PUT', '/latest/api/token', {
      'x-aliyun-ecs-metadata-token-ttl-seconds': String(TOKEN_LIFE_SECONDS),
    }),
    body: '',
  });
  const token = response.body.trim();
  if (response.status === 200 && /^[\x21-\x7e]+$/.test(token))
    return { 'x-aliyun-ecs-metadata-token': token };
  const v1Disabled = options.disableV1 ?? isSwitchedOn(host, 'ALIBABA_CLOUD_IMDSV1_DISABLED');
  if (!v1Disabled) return {};
  throw new CredentialSourceError(
    response.status >= 500 ? 'unavailable' : 'failed',
    `${LABEL} gave no token (HTTP ${response.status}), and access without one is disabled`,
    { remedy: 'Unset ALIBABA_CLOUD_IMDSV1_DISABLED, or enable metadata v2 on the instance.' },
  );
}

async function discoverRole(host: CredentialHost, headers: Record<string, string>): Promise<string> {
  const { status, body } = await requestMetadata(
    host,
    'certain',
    metadataRequest(host, 'GET', ROLES, headers),
  );
  const roleName = body.trim().split(/\s/)[0] ?? '';
  const attach = 'Attach a RAM role to the instance.';
  if (status === 404) throw absent('no role is attached to this ECS instance', attach);
  if (status !== 200)
    throw new CredentialSourceError(status >= 500 ? 'unavailable' : 'failed', `${LABEL}: HTTP ${status}`, {
      remedy: attach,
    });
  if (!/^[\w.-]{1,64}$/.test(roleName)) throw absent(`${LABEL} names no role`, attach);
  return roleName;
}

/** Without an answer this is not an ECS instance, unless it is configured to be one. */
async function requestMetadata(
  host: CredentialHost,
  place: Place,
  request: HostRequest,
): Promise<HttpResponse> {
  try {
    return await host.request(request);
  } catch (error) {
    const reason = DescribeImageError.isInstance(error) ? error.message : 'no answer';
    throw new CredentialSourceError(place === 'possible' ? 'absent' : 'unavailable', `${LABEL}: ${reason}`, {
      remedy: 'Outside of ECS set ALIBABA_CLOUD_ECS_METADATA_DISABLED=true.',
      cause: error,
    });
  }
}

function metadataRequest(
  { metadataOrigin }: CredentialHost,
  method: 'GET' | 'PUT',
  path: string,
  headers: Readonly<Record<string, string>>,
): HostRequest {
  return { method, url: metadataOrigin + path, headers, timeoutMs: METADATA_TIMEOUT_MS, direct: true };
}
