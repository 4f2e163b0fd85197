import { DEFAULT_ACCOUNT_ID, numericId } from '../gateway/key-ring.ts';
import { matchesPattern, type Permissions } from '../gateway/ram-policy.ts';
import type { Seed, SeedMetadata, SeedOidcProvider, SeedTrust } from '../world/seed.ts';

/** A RAM role with defaults applied. */
export interface Role {
  readonly name: string;
  /** `acs:ram::<account>:role/<name>`. */
  readonly arn: string;
  readonly roleId: string;
  readonly accountId: string;
  readonly permissions: Permissions;
  readonly maxSessionSeconds: number;
  readonly trust: SeedTrust;
}

/** The roles and identity providers of the account. */
export class Roles {
  readonly #seed: Seed;
  readonly accountId: string;

  constructor(seed: Seed) {
    this.#seed = seed;
    this.accountId = seed.accountId ?? DEFAULT_ACCOUNT_ID;
  }

  get metadata(): SeedMetadata | undefined {
    return this.#seed.metadata;
  }

  /** Finds a role by its ARN. Names of roles are not case-sensitive in RAM. */
  byArn(arn: string): Role | undefined {
    const prefix = `acs:ram::${this.accountId}:role/`;
    return arn.startsWith(prefix) ? this.byName(arn.slice(prefix.length)) : undefined;
  }

  /** @throws {RangeError} when the seed has no such role. */
  requireName(name: string): void {
    if (this.byName(name) !== undefined) return;
    const known = (this.#seed.roles ?? []).map((role) => `"${role.name}"`).join(', ') || 'none';
    throw new RangeError(`role: must be a role of the seed (${known}), got "${name}"`);
  }

  byName(name: string): Role | undefined {
    const role = this.#seed.roles?.find((known) => known.name.toLowerCase() === name.toLowerCase());
    if (role === undefined) return undefined;
    return {
      name: role.name,
      arn: `acs:ram::${this.accountId}:role/${role.name.toLowerCase()}`,
      roleId: numericId(`${this.accountId}\nrole\n${role.name}`, '3'),
      accountId: this.accountId,
      permissions: { allow: role.allow ?? ['*'], deny: role.deny ?? [] },
      maxSessionSeconds: role.maxSessionSeconds ?? 3_600,
      trust: role.trust ?? {},
    };
  }

  oidcProviderByArn(arn: string): SeedOidcProvider | undefined {
    return this.#seed.oidcProviders?.find(
      ({ name }) => arn === `acs:ram::${this.accountId}:oidc-provider/${name}`,
    );
  }
}

/** Whether a name matches one of the patterns. Without patterns every name does. */
export function matchesAny(patterns: readonly string[] | undefined, name: string): boolean {
  return patterns === undefined || patterns.some((pattern) => matchesPattern(pattern, name));
}
