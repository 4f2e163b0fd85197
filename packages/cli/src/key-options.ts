import type { OptionDefinition } from './command-definition.ts';
import { UsageError } from './command-error.ts';
import type { OptionValues } from './option-values.ts';

/** Options that select the keys. Every command has them. */
export const KEY_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--profile <name>',
    description:
      'use only the keys of this profile, from ~/.aliyun/config.json or ~/.alibabacloud/credentials (environment, for the files only: ALIBABA_CLOUD_PROFILE)',
  },
  { flags: '--role-arn <arn>', description: 'assume this RAM role' },
  {
    flags: '--role-session-name <name>',
    description:
      'session name in audit logs (default: describe-image; environment: ALIBABA_CLOUD_ROLE_SESSION_NAME)',
  },
  { flags: '--external-id <id>', description: 'external id that the role requires' },
  {
    flags: '--allow-process',
    description: 'allow a profile of mode External to run its program',
  },
];

/** The selected keys. */
export interface KeyChoice {
  readonly profile: string | undefined;
  readonly allowProcess: boolean;
  readonly role: RoleChoice | undefined;
}

interface RoleChoice {
  readonly roleArn: string;
  readonly roleSessionName: string | undefined;
  readonly externalId: string | undefined;
}

/** @throws UsageError for options that require `--role-arn`. */
export function keyChoice(options: OptionValues): KeyChoice {
  const roleArn = options.text('roleArn');
  const roleSessionName = options.text('roleSessionName');
  const externalId = options.text('externalId');
  const dependent = { '--role-session-name': roleSessionName, '--external-id': externalId };
  const alone = Object.entries(dependent).find(([, value]) => value !== undefined)?.[0];
  if (roleArn === undefined && alone !== undefined)
    throw new UsageError(`${alone} requires --role-arn`, `Add the role: --role-arn <arn> ${alone} …`);
  return {
    profile: options.text('profile'),
    allowProcess: options.flag('allowProcess'),
    role: roleArn === undefined ? undefined : { roleArn, roleSessionName, externalId },
  };
}
