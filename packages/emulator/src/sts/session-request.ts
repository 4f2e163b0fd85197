import { z } from 'zod';
import { ApiError } from '../gateway/api-error.ts';
import type { Permissions } from '../gateway/ram-policy.ts';
import { type OperationAnswer, requiredParameter } from '../operations/operation.ts';
import type { Role, Roles } from './roles.ts';
import { type Session, utcSeconds } from './sessions.ts';

/** The parameters that AssumeRole and AssumeRoleWithOIDC share. */
export interface SessionRequest {
  readonly role: Role;
  readonly sessionName: string;
  readonly durationMs: number;
  readonly policy: Permissions | undefined;
}

/**
 * Validates the parameters that AssumeRole and AssumeRoleWithOIDC share.
 *
 * @throws {@link ApiError} with the code of STS for the first parameter that is wrong.
 */
export function readSessionRequest(
  parameters: ReadonlyMap<string, string>,
  roles: Roles,
  longestSeconds: number = Number.POSITIVE_INFINITY,
): SessionRequest {
  const arn = requiredParameter(parameters, 'RoleArn');
  const sessionName = requiredParameter(parameters, 'RoleSessionName');
  if (!/^acs:ram::\d+:role\/[^/]+$/i.test(arn)) throw wronglyFormed('RoleArn');
  if (!/^[\w.@-]{2,64}$/.test(sessionName)) throw wronglyFormed('RoleSessionName');
  const role = roles.byArn(arn);
  if (role === undefined) {
    throw new ApiError('EntityNotExist.Role', { status: 404, message: 'The specified Role not exists.' });
  }
  const longest = Math.min(role.maxSessionSeconds, longestSeconds);
  const seconds = duration(parameters.get('DurationSeconds') ?? String(Math.min(3_600, longest)), longest);
  return { role, sessionName, durationMs: seconds * 1_000, policy: sessionPolicy(parameters.get('Policy')) };
}

/** The error for a parameter that does not have the documented form. */
export function wronglyFormed(name: string): ApiError {
  return new ApiError(`InvalidParameter.${name}`, { message: `The parameter ${name} is wrongly formed.` });
}

function duration(text: string, longest: number): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 900 && seconds <= longest) return seconds;
  throw new ApiError('InvalidParameter.DurationSeconds', {
    message: `The Min/Max value of DurationSeconds is 15min/${longest % 3_600 === 0 ? `${longest / 3_600}hr` : `${longest}s`}.`,
  });
}

function sessionPolicy(text: string | undefined): Permissions | undefined {
  if (text === undefined || text === '') return undefined;
  if (text.length > 2_048) {
    throw new ApiError('InvalidParameter.PolicySize', {
      message: 'The size of Policy must be smaller than 2048 bytes.',
    });
  }
  const result = policySchema.safeParse(parseJson(text));
  if (!result.success) throw badGrammar();
  const actions = (effect: 'Allow' | 'Deny'): string[] =>
    result.data.Statement.filter(({ Effect }) => Effect === effect).flatMap(({ Action }) => Action);
  return { allow: actions('Allow'), deny: actions('Deny') };
}

const policySchema = z.object({
  Version: z.literal('1'),
  Statement: z
    .array(
      z.object({
        Effect: z.enum(['Allow', 'Deny']),
        Action: z.union([z.string().transform((action) => [action]), z.array(z.string())]),
      }),
    )
    .min(1),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badGrammar();
  }
}

function badGrammar(): ApiError {
  return new ApiError('InvalidParameter.PolicyGrammar', {
    message: 'The parameter Policy has not passed grammar check.',
  });
}

/** The answer of AssumeRole and AssumeRoleWithOIDC. */
export function credentialsAnswer({ role, sessionName }: SessionRequest, session: Session): OperationAnswer {
  return {
    AssumedRoleUser: {
      Arn: `${role.arn}/${sessionName}`,
      AssumedRoleId: `${role.roleId}:${sessionName}`,
    },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      AccessKeySecret: session.accessKeySecret,
      SecurityToken: session.securityToken,
      Expiration: utcSeconds(session.expiresAt),
    },
  };
}
