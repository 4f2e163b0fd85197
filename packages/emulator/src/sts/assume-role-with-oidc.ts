import { ApiError } from '../gateway/api-error.ts';
import { type Operation, requiredParameter } from '../operations/operation.ts';
import { readOidcToken } from './oidc-token.ts';
import { matchesAny } from './roles.ts';
import { credentialsAnswer, readSessionRequest } from './session-request.ts';

/**
 * Exchanges an OIDC token for a session of a role. The request is not signed.
 *
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc | AssumeRoleWithOIDC}
 */
export const assumeRoleWithOidc: Operation = {
  name: 'AssumeRoleWithOIDC',
  version: '2015-04-01',
  product: 'Sts',
  ramAction: undefined,
  anonymous: true,
  answer(parameters, { roles, sessions, now }) {
    const providerArn = requiredParameter(parameters, 'OIDCProviderArn');
    const token = requiredParameter(parameters, 'OIDCToken');
    const request = readSessionRequest(parameters, roles);
    const provider = roles.oidcProviderByArn(providerArn);
    if (provider === undefined) {
      throw new ApiError('EntityNotExist.OIDCProvider', {
        status: 404,
        message: 'The specified OIDCProvider not exists.',
      });
    }
    const claims = readOidcToken(token, provider, now);
    const { trust } = request.role;
    const subjectTrusted =
      trust.oidcSubjects === undefined || matchesAny(trust.oidcSubjects, claims.sub ?? '');
    if (!matchesAny(trust.oidcProviders, provider.name) || !subjectTrusted) {
      throw new ApiError('AuthenticationFail.NoPermission', {
        status: 403,
        message: 'This operation is forbidden by permission system.',
      });
    }
    return {
      ...credentialsAnswer(request, sessions.issue(request.role, { ...request, now })),
      OIDCTokenInfo: {
        ...(claims.iss !== undefined && { Issuer: claims.iss }),
        ...(claims.sub !== undefined && { Subject: claims.sub }),
        ...(claims.aud !== undefined && { ClientIds: [claims.aud].flat().join(',') }),
        VerificationInfo: 'Success',
      },
    };
  },
};
