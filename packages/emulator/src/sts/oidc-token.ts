import { z } from 'zod';
import { ApiError } from '../gateway/api-error.ts';
import type { SeedOidcProvider } from '../world/seed.ts';

/** The claims of a token that are checked. */
export interface OidcClaims {
  readonly iss?: string | undefined;
  readonly sub?: string | undefined;
  readonly aud?: string | readonly string[] | undefined;
  /** Seconds since the epoch. */
  readonly exp?: number | undefined;
}

/**
 * Reads an OIDC token and checks it against its provider. The signature is not checked: the issuer's keys are not available.
 *
 * @throws {@link ApiError} `AuthenticationFail.OIDCToken.*`.
 */
export function readOidcToken(token: string, provider: SeedOidcProvider, now: number): OidcClaims {
  const parts = token.split('.');
  if (token.length < 4 || token.length > 20_000 || parts.length !== 3 || !/^[\w.-]+$/.test(token)) {
    throw invalid('This JsonWebToken is invalid.');
  }
  if (provider.tokens !== undefined && !provider.tokens.includes(token))
    throw invalid('This JsonWebToken is invalid.');
  const claims = readClaims(parts[1] ?? '');
  if (claims.exp !== undefined && now >= claims.exp * 1_000) {
    throw new ApiError('AuthenticationFail.OIDCToken.Expired', { message: 'This JsonWebToken is expired.' });
  }
  if (provider.issuer !== undefined && claims.iss !== provider.issuer)
    throw invalid('The issuer is invalid.');
  if (provider.audience !== undefined && ![claims.aud ?? []].flat().includes(provider.audience)) {
    throw invalid('The audience is invalid.');
  }
  return claims;
}

const claimsSchema: z.ZodType<OidcClaims> = z.object({
  iss: z.string().optional(),
  sub: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  exp: z.number().optional(),
});

// A payload that cannot be parsed has no claims: only providers without conditions accept it.
function readClaims(payload: string): OidcClaims {
  try {
    const document: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const result = claimsSchema.safeParse(document);
    return result.success ? result.data : {};
  } catch {
    return {};
  }
}

function invalid(message: string): ApiError {
  return new ApiError('AuthenticationFail.OIDCToken.Invalid', { message });
}
