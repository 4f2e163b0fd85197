import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './command-error.ts';
import type { Config } from './config.ts';
import type { CliContext } from './context.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';

/** A variable takes precedence over the file. */
const VARIABLES: Readonly<Record<string, string>> = {
  endpoint: 'DESCRIBE_IMAGE_ENDPOINT',
  region: 'ALIBABA_CLOUD_REGION_ID',
  profile: 'ALIBABA_CLOUD_PROFILE',
  'role-session-name': 'ALIBABA_CLOUD_ROLE_SESSION_NAME',
};

const EMPTY: Config = { defaults: {}, registries: {} };

/** @param given - The value of `--config`. @throws UsageError naming the file and the field. */
export function readConfig(given: string | undefined, context: CliContext): Config {
  const { environment, credentialHost } = context;
  const explicit = given ?? (environment['DESCRIBE_IMAGE_CONFIG'] || undefined);
  const home = credentialHost?.homeDirectory?.() ?? homedir();
  const folder = environment['XDG_CONFIG_HOME'] || join(home, '.config');
  const path = explicit ?? join(folder, 'describe-image', 'config.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (explicit === undefined) return EMPTY;
    throw new UsageError(
      `--config: ${error instanceof Error ? error.message : String(error)}`,
      'Give a readable file.',
    );
  }
  return parseConfig(path, text, environment);
}

function parseConfig(path: string, text: string, environment: CliContext['environment']): Config {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(path, 'is not JSON');
  }
  const { defaults = {}, registries = {}, ...others } = record(value, path, 'the file');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalid(path, `has an unknown field ${JSON.stringify(unknown)}`);
  const entries = Object.entries(record(defaults, path, 'defaults'))
    .filter(([name]) => !environment[VARIABLES[name] ?? ''])
    .map(([name, setting]) => [camelCase(name), parseDefault(path, name, setting)]);
  return {
    defaults: Object.fromEntries(entries),
    registries: Object.fromEntries(
      Object.entries(record(registries, path, 'registries')).map(([host, ids]) => {
        const { instance, region } = record(ids, path, `registries.${host}`);
        return [host, { instance: textOf(path, host, instance), region: textOf(path, host, region) }];
      }),
    ),
  };
}

/** Only global flags have defaults: the flags of one command differ from those of another. */
function parseDefault(path: string, name: string, setting: unknown): unknown {
  const option = GLOBAL_OPTIONS.find(({ flags }) => flags.split(/[ ,]/).includes(`--${name}`));
  if (option === undefined || name === 'config')
    throw invalid(path, `has an unknown flag in defaults, ${JSON.stringify(name)}`);
  if (!option.flags.includes('<')) {
    if (typeof setting === 'boolean') return setting;
    throw invalid(path, `defaults.${name} must be true or false`);
  }
  if (typeof setting !== 'string' || setting === '') throw invalid(path, `defaults.${name} must be a text`);
  if (option.choices !== undefined && !option.choices.includes(setting))
    throw invalid(path, `defaults.${name} must be ${option.choices.join(' or ')}`);
  return option.parse === undefined ? setting : option.parse(setting);
}

function textOf(path: string, host: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw invalid(path, `registries.${host} must have texts`);
}

function record(value: unknown, path: string, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    // A JSON object can be read by any name.
    return value as Readonly<Record<string, unknown>>;
  throw invalid(path, `${name} must be an object`);
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function invalid(path: string, problem: string): UsageError {
  return new UsageError(`${path}: ${problem}`, 'Correct the configuration file, or use another by --config.');
}
