import type { Principal } from './principal.ts';
import { Refusal } from './refusal.ts';

/** What RAM says of one action. */
type RamDecision = 'Allow' | 'ImplicitDeny' | 'ExplicitDeny';

/** Decides as RAM does: an explicit denial wins, and what nothing allows is denied. */
function ramDecision(principal: Principal, action: string): RamDecision {
  const matches = (pattern: string): boolean => matchesAction(pattern, action);
  if (principal.permissions.some(({ deny }) => deny.some(matches))) return 'ExplicitDeny';
  return principal.permissions.every(({ allow }) => allow.some(matches)) ? 'Allow' : 'ImplicitDeny';
}

/**
 * Refuses a call the principal may not make.
 *
 * @throws {@link Refusal} `NoPermission` with an `AccessDeniedDetail`.
 */
export function authorize(principal: Principal, action: string): void {
  const decision = ramDecision(principal, action);
  if (decision === 'Allow') return;
  throw new Refusal('NoPermission', {
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

/** RAM compares actions without regard to case; `*` stands for any run of characters, `?` for one. */
function matchesAction(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(action);
}
