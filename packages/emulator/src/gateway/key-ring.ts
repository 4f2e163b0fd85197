import { parseTime } from '../world/parse-seed.ts';
import type { Seed, SeedKey, SeedThrottle } from '../world/seed.ts';
import type { Principal } from './ram-policy.ts';
import { uuidFrom } from './request-ids.ts';

/** An access key that the emulator accepts. */
export interface AccessKey {
  readonly accessKeySecret: string;
  readonly status: 'Active' | 'Inactive';
  /** Temporary keys are only valid with this token. */
  readonly securityToken: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  readonly principal: Principal;
  readonly throttle: SeedThrottle | undefined;
}

/** The access keys by id, in a private field, so that no log or snapshot contains a secret. */
export class KeyRing {
  readonly #keys = new Map<string, AccessKey>();

  /** Replaces every key by those of a seed. Relative times count from `start`. */
  reset(seed: Seed, start: number): void {
    this.#keys.clear();
    for (const key of seed.keys ?? []) {
      this.add(userKey(key, seed.accountId ?? DEFAULT_ACCOUNT_ID, start, seed.throttle));
    }
  }

  add(key: AccessKey): void {
    this.#keys.set(key.principal.accessKeyId, key);
  }

  find(accessKeyId: string): AccessKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** Whether the token belongs to any key. */
  knowsToken(securityToken: string): boolean {
    for (const key of this.#keys.values()) if (key.securityToken === securityToken) return true;
    return false;
  }
}

export const DEFAULT_ACCOUNT_ID = '1234567890123456';

function userKey(
  key: SeedKey,
  accountId: string,
  start: number,
  throttle: SeedThrottle | undefined,
): AccessKey {
  const user = key.user ?? key.accessKeyId;
  return {
    accessKeySecret: key.accessKeySecret,
    status: key.status ?? 'Active',
    securityToken: key.securityToken,
    expiresAt: key.expiresAt === undefined ? undefined : parseTime(key.expiresAt, start),
    principal: {
      accessKeyId: key.accessKeyId,
      type: 'SubUser',
      accountId,
      principalId: numericId(`${accountId}\n${user}`),
      arn: `acs:ram::${accountId}:user/${user}`,
      permissions: [{ allow: key.allow ?? ['*'], deny: key.deny ?? [] }],
    },
    throttle: key.throttle ?? throttle,
  };
}

/** An 18-digit id, as RAM assigns to users and roles, that is derived from a text. */
export function numericId(text: string, firstDigit = '2'): string {
  const digits = BigInt(`0x${uuidFrom(text).replaceAll('-', '').slice(0, 16)}`) % 10n ** 17n;
  return `${firstDigit}${digits.toString().padStart(17, '0')}`;
}
