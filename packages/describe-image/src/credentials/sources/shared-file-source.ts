import type { CredentialSource, FoundCredentials } from '../credential-source.ts';
import { parseIni, readTextFile } from '../files/text-files.ts';
import { abortable, type CredentialHost, variable } from '../host/credential-host.ts';
import { FILE_NAMES, optionalInteger, optionalText, readKeys, requireText } from '../read-keys.ts';
import { absent, configuredSourceError, failed } from '../source-error.ts';
import { findAssumedRole } from '../sts/assume-role.ts';
import type { RoleOptions } from '../sts/role.ts';
import { findInstanceRole } from './ecs-source.ts';
import { exchangeOidcToken } from './oidc-source.ts';

/** Which section of which file is read. @public */
export interface SharedFileOptions {
  /** @defaultValue `ALIBABA_CLOUD_CREDENTIALS_FILE`, else `~/.alibabacloud/credentials` */
  readonly path?: string | undefined;
  /** @defaultValue `ALIBABA_CLOUD_PROFILE`, else `default` */
  readonly profile?: string | undefined;
}

type Section = Readonly<Record<string, string>>;
type ReadSection = (host: CredentialHost, section: Section, where: string) => Promise<FoundCredentials>;

/** The ini file that the vendor's SDKs read. */
export function sharedFileSource(host: CredentialHost, options: SharedFileOptions = {}): CredentialSource {
  return {
    name: 'shared-file',
    label: 'shared credentials file',
    async find({ signal } = {}) {
      const named = options.path ?? variable(host, 'ALIBABA_CLOUD_CREDENTIALS_FILE');
      const path = named ?? `${host.homeDirectory()}/.alibabacloud/credentials`;
      const profile = options.profile ?? variable(host, 'ALIBABA_CLOUD_PROFILE') ?? 'default';
      const text = await readTextFile(host, path);
      if (text === undefined && named !== undefined)
        throw failed(`${path}: does not exist`, 'Correct ALIBABA_CLOUD_CREDENTIALS_FILE, or unset it.');
      if (text === undefined) throw absent(`${path}: does not exist`);
      const section = parseIni(text, path).get(profile);
      if (section === undefined) throw absent(`${path}: has no section [${profile}]`);
      return findInSection(abortable(host, signal), section, `${path}, [${profile}]`);
    },
  };
}

async function findInSection(
  host: CredentialHost,
  section: Section,
  where: string,
): Promise<FoundCredentials> {
  if (section['enable'] === 'false') throw absent(`${where}: switched off by enable = false`);
  const type = requireText(section, 'type', where).toLowerCase();
  const read = TYPES.get(type);
  if (read === undefined)
    throw failed(`${where}: type must be one of ${[...TYPES.keys()].join(', ')}`, 'Correct type.');
  try {
    return { ...(await read(host, section, where)), description: `${where}, type ${type}` };
  } catch (error) {
    throw configuredSourceError(where, error);
  }
}

const TYPES: ReadonlyMap<string, ReadSection> = /* @__PURE__ */ new Map<string, ReadSection>([
  [
    'access_key',
    async (_host, section, where) => ({
      credentials: readKeys(section, FILE_NAMES, where, 'ignored'),
      description: where,
    }),
  ],
  [
    'sts',
    async (_host, section, where) => ({
      credentials: readKeys(
        { sts_token: section['security_token'], ...section },
        FILE_NAMES,
        where,
        'required',
      ),
      description: where,
    }),
  ],
  [
    'ecs_ram_role',
    (host, section, where) =>
      findInstanceRole(host, { roleName: optionalText(section, 'role_name', where) }, 'certain'),
  ],
  [
    'ram_role_arn',
    (host, section, where) => {
      const keys = readKeys({ sts_token: section['security_token'], ...section }, FILE_NAMES, where);
      const externalId = optionalText(section, 'external_id', where);
      return findAssumedRole(host, () => keys, { ...roleOptions(section, where), externalId })();
    },
  ],
  [
    'oidc_role_arn',
    (host, section, where) =>
      exchangeOidcToken(host, {
        ...roleOptions(section, where),
        oidcProviderArn: requireText(section, 'oidc_provider_arn', where),
        oidcTokenFile:
          optionalText(section, 'oidc_token_file_path', where) ??
          requireText(section, 'oidc_token_file', where),
      }),
  ],
]);

function roleOptions(section: Section, where: string): RoleOptions {
  return {
    roleArn: requireText(section, 'role_arn', where),
    roleSessionName: optionalText(section, 'role_session_name', where),
    durationSeconds: optionalInteger(section, 'duration_seconds', where),
    policy: optionalText(section, 'policy', where),
    stsRegion: optionalText(section, 'sts_region', where),
    stsEndpoint: optionalText(section, 'sts_endpoint', where),
  };
}
