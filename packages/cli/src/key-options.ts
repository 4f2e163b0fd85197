import type { OptionDefinition } from './command-definition.ts';
import type { OptionValues } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/** Whose keys sign: part of the options of every command. */
export const KEY_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--profile <name>',
    description:
      'only the keys of this profile, of ~/.aliyun/config.json or ~/.alibabacloud/credentials (environment, for the files alone: ALIBABA_CLOUD_PROFILE)',
  },
  { flags: '--role-arn <arn>', description: 'take on this RAM role with the keys found' },
  {
    flags: '--role-session-name <name>',
    description: 'seen in audit logs (default: describe-image; environment: ALIBABA_CLOUD_ROLE_SESSION_NAME)',
  },
  { flags: '--external-id <id>', description: 'what the owner of the role said to give' },
  {
    flags: '--allow-process',
    description: 'let a profile of mode External run its program',
  },
];

/** Whose keys were asked for. */
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

/** @throws UsageError for options that mean something only beside another. */
export function keyChoice(options: OptionValues): KeyChoice {
  const roleArn = options.text('roleArn');
  const roleSessionName = options.text('roleSessionName');
  const externalId = options.text('externalId');
  const dependent = { '--role-session-name': roleSessionName, '--external-id': externalId };
  const alone = Object.entries(dependent).find(([, value]) => value !== undefined)?.[0];
  if (roleArn === undefined && alone !== undefined)
    throw new UsageError(`${alone} needs --role-arn`, `Name the role as well: --role-arn <arn> ${alone} …`);
  return {
    profile: options.text('profile'),
    allowProcess: options.flag('allowProcess'),
    role: roleArn === undefined ? undefined : { roleArn, roleSessionName, externalId },
  };
}
