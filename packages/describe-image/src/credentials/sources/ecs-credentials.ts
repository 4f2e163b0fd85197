import { DescribeImageError } from '../../errors/errors.ts';
import type { HttpResponse } from '../../protocol/request.ts';
import { readExpiration, readKeys, WIRE_NAMES } from '../files/read-keys.ts';
import { askForJson } from '../host/ask-for-json.ts';
import type { CredentialHost, HostRequest } from '../host/credential-host.ts';
import { isSwitchedOn, variable } from '../host/variable.ts';
import type { CredentialSource, FoundCredentials } from './credential-source.ts';
import { absent, CredentialSourceError, failed } from './credential-source-error.ts';

/** The role of the ECS instance that this runs on. */
export interface EcsOptions {
  /** @defaultValue `ALIBABA_CLOUD_ECS_METADATA`, else the role that the metadata service names */
  readonly roleName?: string | undefined;
  /** Refuse the older metadata access without a token. @defaultValue `ALIBABA_CLOUD_IMDSV1_DISABLED` */
  readonly disableV1?: boolean | undefined;
}

type Place = 'possible' | 'certain';

/** So short that a machine outside of ECS is not slowed. */
const METADATA_TIMEOUT_MS = 1_000;
const TOKEN_LIFE_SECONDS = 21_600;
const ROLES = '/latest/meta-data/ram/security-credentials/';
const LABEL = 'the ECS metadata service';

/** Off with `ALIBABA_CLOUD_ECS_METADATA_DISABLED`. */
export function ecsSource(host: CredentialHost, options: EcsOptions = {}): CredentialSource {
  return {
    name: 'ecs',
    label: 'ECS instance role',
    ambient: true,
    async find() {
      if (isSwitchedOn(host, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED'))
        throw absent('switched off by ALIBABA_CLOUD_ECS_METADATA_DISABLED');
      return findInstanceRole(host, options, 'possible');
    },
  };
}

/**
 * Asks the metadata service: for a token (v2), the role's name, its keys. Without tokens (v1) where v2 is not served.
 *
 * @param place - Whether somebody said that this is an ECS instance.
 * @throws CredentialSourceError; `absent` when nothing answers at all and nobody said that something would.
 * @see {@link https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata | Instance metadata}
 */
export async function findInstanceRole(
  host: CredentialHost,
  options: EcsOptions,
  place: Place,
): Promise<FoundCredentials> {
  const named = options.roleName ?? variable(host, 'ALIBABA_CLOUD_ECS_METADATA');
  const headers = await openMetadata(host, options, named === undefined ? place : 'certain');
  const roleName = named ?? (await discoverRole(host, headers));
  const where = `${LABEL}, role ${roleName}`;
  const { document, clockOffsetMs } = await askForJson(
    host,
    where,
    metadataRequest(host, 'GET', ROLES + encodeURIComponent(roleName), headers),
  );
  if (document['Code'] !== undefined && document['Code'] !== 'Success')
    throw failed(
      `${where}: answered another code than Success`,
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

/** The headers that further requests need. */
async function openMetadata(
  host: CredentialHost,
  options: EcsOptions,
  place: Place,
): Promise<Record<string, string>> {
  const response = await ask(host, place, {
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
  const { status, body } = await ask(host, 'certain', metadataRequest(host, 'GET', ROLES, headers));
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

/** No answer means that this is no ECS instance, unless somebody says that it is. */
async function ask(host: CredentialHost, place: Place, request: HostRequest): Promise<HttpResponse> {
  try {
    return await host.request(request);
  } catch (error) {
    const reason = DescribeImageError.isInstance(error) ? error.message : 'no answer';
    throw new CredentialSourceError(place === 'possible' ? 'absent' : 'unavailable', `${LABEL}: ${reason}`, {
      remedy: 'Outside of ECS set ALIBABA_CLOUD_ECS_METADATA_DISABLED=true.',
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
