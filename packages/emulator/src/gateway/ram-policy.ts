import { ApiError } from './api-error.ts';

/** The identity of a caller and its permissions. */
export interface Principal {
  readonly accessKeyId: string;
  /** `SubUser` for a RAM user, `AssumedRoleUser` for a session of a role. */
  readonly type: 'SubUser' | 'AssumedRoleUser';
  readonly accountId: string;
  /** Numeric id of a user, or `<role id>:<session name>`. */
  readonly principalId: string;
  readonly arn: string;
  /** Every set must allow an action: the policy of a session can only restrict its role. */
  readonly permissions: readonly Permissions[];
}

/** Actions allowed and denied, with wildcards. */
export interface Permissions {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** The decision of RAM on one action. */
type RamDecision = 'Allow' | 'ImplicitDeny' | 'ExplicitDeny';

/** Decides as RAM does: `deny` takes precedence, and an action that is not allowed is denied. */
function ramDecision(principal: Principal, action: string): RamDecision {
  const matches = (pattern: string): boolean => matchesPattern(pattern, action);
  if (principal.permissions.some(({ deny }) => deny.some(matches))) return 'ExplicitDeny';
  return principal.permissions.every(({ allow }) => allow.some(matches)) ? 'Allow' : 'ImplicitDeny';
}

/**
 * Checks that the principal may perform the action.
 *
 * @throws {@link ApiError} `NoPermission` with an `AccessDeniedDetail`.
 */
export function authorize(principal: Principal, action: string): void {
  const decision = ramDecision(principal, action);
  if (decision === 'Allow') return;
  throw new ApiError('NoPermission', {
    fields: {
      AccessDeniedDetail: {
        AuthAction: action,
        AuthPrincipalType: principal.type,
        AuthPrincipalDisplayName: principal.principalId,
        AuthPrincipalOwnerId: principal.accountId,
        PolicyType: 'AccountLevelIdentityBasedPolicy',
        NoPermissionType: decision,
        EncodedDiagnosticMessage: Buffer.from(`${decision} ${action} ${principal.arn}`).toString('base64'),
      },
    },
  });
}

/** Matches text as RAM does, without regard to case. `*` matches any characters, `?` matches one. */
export function matchesPattern(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(text);
}
