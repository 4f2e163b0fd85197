import { isObject } from '../../protocol/is-object.ts';
import type { CredentialSource } from '../credential-source.ts';
import { jsonFaultLine } from '../files/json-fault-line.ts';
import { readTextFile } from '../files/text-files.ts';
import { abortable, type CredentialHost, isSwitchedOn, variable } from '../host/credential-host.ts';
import type { Fields } from '../read-keys.ts';
import { absent, failed } from '../source-error.ts';
import type { ProcessOptions } from './external-process.ts';
import { type ProfileFile, readProfile } from './read-profile.ts';

/** Which profile of the vendor's command line is read. @public */
export interface CliProfileOptions extends ProcessOptions {
  /** @defaultValue `ALIBABA_CLOUD_PROFILE`, else the current profile of the file */
  readonly profile?: string | undefined;
  /** @defaultValue `~/.aliyun/config.json` */
  readonly path?: string | undefined;
}

const REPAIR = 'Correct the file, or set ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true to skip it.';

/** A profile that `aliyun configure` wrote. `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` skips it, unless the options name a profile. */
export function cliProfileSource(host: CredentialHost, options: CliProfileOptions = {}): CredentialSource {
  return {
    name: 'cli-profile',
    label: 'aliyun CLI profile',
    async find({ signal } = {}) {
      if (options.profile === undefined && isSwitchedOn(host, 'ALIBABA_CLOUD_CLI_PROFILE_DISABLED'))
        throw absent('switched off by ALIBABA_CLOUD_CLI_PROFILE_DISABLED');
      const path = options.path ?? `${host.homeDirectory()}/.aliyun/config.json`;
      const text = await readTextFile(host, path);
      if (text === undefined) throw absent(`${path}: does not exist`);
      const { current, profiles } = parseConfig(text, path);
      const requested =
        options.profile ??
        variable(host, 'ALIBABA_CLOUD_PROFILE', 'ALIBABACLOUD_PROFILE', 'ALICLOUD_PROFILE');
      const name = requested ?? current ?? 'default';
      if (requested !== undefined && !profiles.has(requested))
        throw absent(
          `${path}: has no profile ${JSON.stringify(requested)}`,
          `Run: aliyun configure --profile ${requested}`,
        );
      if (!profiles.has(name))
        throw current === undefined
          ? absent(`${path}: has no profile "default"`, 'Run: aliyun configure')
          : failed(
              `${path}: current names a profile that the file does not have`,
              'Run: aliyun configure switch',
            );
      return readProfile(abortable(host, signal), { path, profiles }, name, options);
    },
  };
}

interface Config extends Omit<ProfileFile, 'path'> {
  readonly current: string | undefined;
}

function parseConfig(text: string, path: string): Config {
  const document = parseJson(text, path);
  if (!isObject(document)) throw failed(`${path}: must hold a JSON object`, REPAIR);
  const { current, profiles: list } = document;
  if (current !== undefined && current !== null && typeof current !== 'string')
    throw failed(`${path}: current must be text`, REPAIR);
  if (!Array.isArray(list)) throw failed(`${path}: profiles must be a list`, REPAIR);
  const profiles = new Map<string, Fields>();
  for (const [index, profile] of list.entries()) {
    const name: unknown = isObject(profile) ? profile['name'] : undefined;
    if (!isObject(profile) || typeof name !== 'string')
      throw failed(`${path}: profiles[${index}] must be an object with a name`, REPAIR);
    profiles.set(name, profile);
  }
  return { current: current || undefined, profiles };
}

function parseJson(text: string, path: string): unknown {
  if (text.trim() === '') throw absent(`${path}: is empty`, 'Run: aliyun configure');
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw failed(`${path}, line ${jsonFaultLine(text)}: is not JSON`, REPAIR);
  }
}
