import { ValidationError } from '../../errors/errors.ts';
import type { FlatParameters } from '../../protocol/operation.ts';
import type { StsEndpointOptions } from './sts-endpoint.ts';

/** A RAM role, and the session to create with it. @public */
export interface RoleOptions extends StsEndpointOptions {
  /** `acs:ram::<account id>:role/<name>`. */
  readonly roleArn: string;
  /** Appears in audit logs: 2 to 64 letters, digits and `. @ - _`. @defaultValue `ALIBABA_CLOUD_ROLE_SESSION_NAME`, else `describe-image` */
  readonly roleSessionName?: string | undefined;
  /** From 900 seconds to the maximum of the role. @defaultValue 3600 */
  readonly durationSeconds?: number | undefined;
  /** A RAM policy that restricts the session: JSON text of 1 to 2048 characters. */
  readonly policy?: string | undefined;
}

const MAX_DURATION_SECONDS = 43_200;

/**
 * The parameters that AssumeRole and AssumeRoleWithOIDC have in common.
 *
 * @throws {@link ValidationError} naming the option and what it must be, never its value.
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole | AssumeRole}
 */
export function roleParameters(options: RoleOptions, defaultSessionName: string | undefined): FlatParameters {
  const {
    roleArn,
    roleSessionName = defaultSessionName ?? 'describe-image',
    durationSeconds = 3600,
    policy,
  } = options;
  if (!/^acs:ram:[\w-]*:\d+:role\/[\w.-]{1,64}$/i.test(roleArn))
    throw new ValidationError(
      'roleArn must be the ARN of a role such as "acs:ram::1234567890123456:role/reader"',
    );
  if (!/^[\w.@-]{2,64}$/.test(roleSessionName))
    throw new ValidationError('roleSessionName must be 2 to 64 letters, digits and . @ - _');
  if (!Number.isInteger(durationSeconds) || durationSeconds < 900 || durationSeconds > MAX_DURATION_SECONDS)
    throw new ValidationError(`durationSeconds must be a whole number from 900 to ${MAX_DURATION_SECONDS}`);
  if (policy !== undefined && (policy.length < 1 || policy.length > 2048))
    throw new ValidationError('policy must be JSON text of 1 to 2048 characters');
  return {
    RoleArn: roleArn,
    RoleSessionName: roleSessionName,
    DurationSeconds: durationSeconds,
    Policy: policy,
  };
}
