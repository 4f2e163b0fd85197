import { ApiError } from '../gateway/api-error.ts';
import type { Operation } from '../operations/operation.ts';

/**
 * Returns the identity of the caller. Needs no permission.
 *
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity | GetCallerIdentity}
 */
export const getCallerIdentity: Operation = {
  name: 'GetCallerIdentity',
  version: '2015-04-01',
  product: 'Sts',
  ramAction: undefined,
  answer(_parameters, { principal }) {
    if (principal === undefined) throw new ApiError('NoPermission');
    const { accountId, arn, principalId } = principal;
    return principal.type === 'SubUser'
      ? {
          IdentityType: 'RAMUser',
          AccountId: accountId,
          PrincipalId: principalId,
          UserId: principalId,
          Arn: arn,
        }
      : {
          IdentityType: 'AssumedRoleUser',
          AccountId: accountId,
          PrincipalId: principalId,
          RoleId: principalId.split(':')[0],
          Arn: arn,
        };
  },
};
