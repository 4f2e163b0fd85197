import type { FoundCredentials } from '../credential-source.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import {
  FILE_NAMES,
  type Fields,
  optionalInteger,
  optionalText,
  readKeys,
  requireText,
} from '../read-keys.ts';
import { absent, configuredSourceError, failed } from '../source-error.ts';
import { type AssumeRoleOptions, findAssumedRole } from '../sts/assume-role.ts';
import { findInstanceRole } from './ecs-source.ts';
import { findFromProcess, type ProcessOptions } from './external-process.ts';
import { exchangeOidcToken } from './oidc-source.ts';
import { CLOUD_SSO, findSignedIn, OAUTH } from './sign-in-profile.ts';
import { findAtUri } from './uri-source.ts';

/** The profiles of a file, by name. */
export interface ProfileFile {
  readonly path: string;
  readonly profiles: ReadonlyMap<string, Fields>;
}

interface Reading {
  readonly host: CredentialHost;
  readonly file: ProfileFile;
  readonly profile: Fields;
  readonly options: ProcessOptions;
  readonly where: string;
  readonly login: string;
  /** The names of the profiles that were followed, including this one. */
  readonly trail: readonly string[];
}

interface Mode {
  /** The mode's name as the command line writes it. */
  readonly title: string;
  readonly find: (reading: Reading) => Promise<FoundCredentials>;
}

/**
 * Finds the credentials of a profile by its mode.
 *
 * @throws CredentialSourceError naming file, profile and field.
 */
export async function readProfile(
  host: CredentialHost,
  file: ProfileFile,
  name: string,
  options: ProcessOptions,
  before: readonly string[] = [],
): Promise<FoundCredentials> {
  const profile = file.profiles.get(name) ?? {};
  const where = `${file.path}, profile ${JSON.stringify(name)}`;
  const login = `aliyun configure --profile ${name}`;
  const isEmpty = ['mode', 'access_key_id', 'access_key_secret'].every((field) => !profile[field]);
  const isUntouched =
    `${profile['mode']}`.toLowerCase() === 'ak' && !profile['access_key_id'] && !profile['access_key_secret'];
  if (isEmpty || isUntouched) throw absent(`${where}: is not set up yet`, `Run: ${login}`);
  const mode = MODES.get(requireText(profile, 'mode', where).toLowerCase());
  if (mode === undefined) throw unusable(profile, where);
  try {
    const trail = [...before, name];
    const found = await mode.find({ host, file, profile, options, where, login, trail });
    const region = optionalText(profile, 'region_id', where);
    return { ...found, description: `${where}, mode ${mode.title}`, region };
  } catch (error) {
    throw configuredSourceError(where, error);
  }
}

const MODES: ReadonlyMap<string, Mode> = /* @__PURE__ */ byName([
  {
    title: 'AK',
    async find({ profile, where }) {
      return { credentials: readKeys(profile, FILE_NAMES, where, 'ignored'), description: where };
    },
  },
  {
    title: 'StsToken',
    async find({ profile, where }) {
      return { credentials: readKeys(profile, FILE_NAMES, where, 'required'), description: where };
    },
  },
  {
    title: 'RamRoleArn',
    async find({ host, profile, where }) {
      const keys = readKeys(profile, FILE_NAMES, where);
      return findAssumedRole(host, () => keys, roleOptions(profile, where))();
    },
  },
  { title: 'ChainableRamRoleArn', find: findThroughSource },
  {
    title: 'EcsRamRole',
    async find({ host, profile, where }) {
      return findInstanceRole(host, { roleName: optionalText(profile, 'ram_role_name', where) }, 'certain');
    },
  },
  {
    title: 'OIDC',
    async find({ host, profile, where }) {
      return exchangeOidcToken(host, {
        ...roleOptions(profile, where),
        oidcProviderArn: requireText(profile, 'oidc_provider_arn', where),
        oidcTokenFile: requireText(profile, 'oidc_token_file', where),
      });
    },
  },
  {
    title: 'External',
    async find({ host, profile, where, options }) {
      return findFromProcess(host, requireText(profile, 'process_command', where), where, options);
    },
  },
  {
    title: 'CredentialsURI',
    async find({ host, profile, where }) {
      return findAtUri(host, requireText(profile, 'credentials_uri', where), where);
    },
  },
  {
    title: 'CloudSSO',
    find: ({ host, profile, where, login }) => findSignedIn(host, profile, CLOUD_SSO, where, login),
  },
  {
    title: 'OAuth',
    find: ({ host, profile, where, login }) => findSignedIn(host, profile, OAUTH, where, login),
  },
]);

async function findThroughSource({
  host,
  file,
  profile,
  options,
  where,
  trail,
}: Reading): Promise<FoundCredentials> {
  const source = requireText(profile, 'source_profile', where);
  if (trail.includes(source))
    throw failed(
      `${where}: source_profile refers back to a profile that was already read`,
      'Set source_profile to a profile with keys.',
    );
  if (!file.profiles.has(source))
    throw failed(
      `${where}: source_profile names a profile that the file does not have`,
      'Correct source_profile.',
    );
  const base = async () => (await readProfile(host, file, source, options, trail)).credentials;
  return findAssumedRole(host, base, roleOptions(profile, where))();
}

function roleOptions(profile: Fields, where: string): AssumeRoleOptions {
  return {
    roleArn: requireText(profile, 'ram_role_arn', where),
    roleSessionName: optionalText(profile, 'ram_session_name', where),
    durationSeconds: optionalInteger(profile, 'expired_seconds', where),
    policy: optionalText(profile, 'policy', where),
    externalId: optionalText(profile, 'external_id', where),
    stsRegion: optionalText(profile, 'sts_region', where),
    stsEndpoint: optionalText(profile, 'sts_endpoint', where),
    stsNetwork: profile['enable_vpc'] === true ? 'vpc' : undefined,
  };
}

/** Names the mode only if it exists: any other text may be a key in the wrong place. */
function unusable(profile: Fields, where: string): Error {
  const known = ['BearerToken', 'Anonymous', 'RsaKeyPair', 'RamRoleArnWithRoleName'];
  const mode = known.find((name) => name.toLowerCase() === String(profile['mode']).trim().toLowerCase());
  const usable = `Use one of the modes ${[...MODES.values()].map(({ title }) => title).join(', ')}.`;
  return mode === undefined
    ? failed(`${where}: mode is unknown`, usable)
    : failed(`${where}: mode ${mode} is deprecated or cannot sign requests`, usable);
}

function byName(modes: readonly Mode[]): ReadonlyMap<string, Mode> {
  return new Map(modes.map((mode) => [mode.title.toLowerCase(), mode]));
}
