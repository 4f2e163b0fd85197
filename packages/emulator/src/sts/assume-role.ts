import { ApiError } from '../gateway/api-error.ts';
import type { Principal } from '../gateway/ram-policy.ts';
import type { Operation } from '../operations/operation.ts';
import { matchesAny, type Role } from './roles.ts';
import { credentialsAnswer, readSessionRequest, wronglyFormed } from './session-request.ts';

// A session that is created with another role's session is valid for an hour at most.
const LONGEST_CHAINED_SECONDS = 3_600;

/**
 * Exchanges an access key for a session of a role.
 *
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole | AssumeRole}
 */
export const assumeRole: Operation = {
  name: 'AssumeRole',
  version: '2015-04-01',
  product: 'Sts',
  ramAction: 'sts:AssumeRole',
  answer(parameters, { roles, sessions, principal, now }) {
    if (principal === undefined) throw new ApiError('NoPermission');
    const chained = principal.type === 'AssumedRoleUser';
    const request = readSessionRequest(parameters, roles, chained ? LONGEST_CHAINED_SECONDS : undefined);
    checkTrust(request.role, principal, parameters.get('ExternalId'));
    return credentialsAnswer(request, sessions.issue(request.role, { ...request, now }));
  },
};

function checkTrust(role: Role, principal: Principal, externalId: string | undefined): void {
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw wronglyFormed('ExternalId');
  const [, kind, name = ''] = /:(user|assumed-role)\/([^/]+)/.exec(principal.arn) ?? [];
  const trusted = matchesAny(kind === 'user' ? role.trust.users : role.trust.roles, name);
  const sameExternalId = role.trust.externalId === undefined || role.trust.externalId === externalId;
  if (trusted && sameExternalId) return;
  throw new ApiError('NoPermission', {
    message: 'You are not authorized to do this action. You should be authorized by RAM.',
    fields: {
      AccessDeniedDetail: {
        AuthAction: 'sts:AssumeRole',
        AuthPrincipalType: principal.type,
        AuthPrincipalDisplayName: principal.principalId,
        AuthPrincipalOwnerId: principal.accountId,
        PolicyType: 'AssumeRolePolicy',
        NoPermissionType: 'ImplicitDeny',
      },
    },
  });
}
