import { uuidFrom } from '../gateway/request-ids.ts';
import type { Roles } from '../sts/roles.ts';
import { type Session, type Sessions, utcSeconds } from '../sts/sessions.ts';

/** The settings of the metadata service, which can change while it runs. @public */
export interface MetadataSettings {
  /** The role of the instance; `undefined` for an instance without one. */
  readonly role: string | undefined;
  /** Whether requests without a token are answered. */
  readonly v1: boolean;
  /** Whether tokens are issued and accepted. */
  readonly v2: boolean;
  /** How long credentials are valid, in seconds. */
  readonly sessionSeconds: number;
}

/** A change of settings. Members that are left out do not change. @public */
export interface MetadataChange {
  /** `null` removes the role. */
  readonly role?: string | null | undefined;
  readonly v1?: boolean | undefined;
  readonly v2?: boolean | undefined;
  readonly sessionSeconds?: number | undefined;
}

const LONGEST_TOKEN_SECONDS = 21_600;
const RENEW_BEFORE_MS = 30 * 60_000;

/** The part of the ECS instance metadata that serves credentials. @public */
export class MetadataService {
  readonly #seed: string;
  readonly #roles: Roles;
  readonly #sessions: Sessions;
  #settings: MetadataSettings;
  readonly #tokens = new Map<string, number>();
  #current: { readonly role: string; readonly session: Session; readonly issuedAt: number } | undefined;

  constructor(seed: string, roles: Roles, sessions: Sessions) {
    this.#seed = seed;
    this.#roles = roles;
    this.#sessions = sessions;
    this.#settings = this.#initial();
  }

  get settings(): MetadataSettings {
    return this.#settings;
  }

  /**
   * Changes settings. Members that are left out do not change.
   *
   * @throws {RangeError} when the seed has no such role.
   */
  configure({ role, v1, v2, sessionSeconds }: MetadataChange): void {
    if (typeof role === 'string') this.#roles.requireName(role);
    const current = this.#settings;
    this.#settings = {
      role: role === null ? undefined : (role ?? current.role),
      v1: v1 ?? current.v1,
      v2: v2 ?? current.v2,
      sessionSeconds: sessionSeconds ?? current.sessionSeconds,
    };
    this.#current = undefined;
  }

  /** Restores the settings of the seed and deletes all tokens. */
  reset(): void {
    this.#settings = this.#initial();
    this.#tokens.clear();
    this.#current = undefined;
  }

  /** Returns a token for further requests, or `undefined` when the requested lifetime is out of range. */
  issueToken(ttlSeconds: number, now: number): string | undefined {
    if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > LONGEST_TOKEN_SECONDS)
      return undefined;
    const name = `${this.#seed}\nmetadata token\n${this.#tokens.size + 1}`;
    const token = Buffer.from(uuidFrom(name).replaceAll('-', ''), 'hex').toString('base64');
    this.#tokens.set(token, now + ttlSeconds * 1_000);
    return token;
  }

  /** Whether a request with this token, or without one, is answered. */
  accepts(token: string | undefined, now: number): boolean {
    if (token === undefined) return this.#settings.v1;
    const expiresAt = this.#tokens.get(token);
    return this.#settings.v2 && expiresAt !== undefined && now < expiresAt;
  }

  /** The credentials of the instance's role, the same until shortly before they expire. `undefined` without such a role. */
  credentials(roleName: string, now: number): Readonly<Record<string, string>> | undefined {
    const role = roleName === this.#settings.role ? this.#roles.byName(roleName) : undefined;
    if (role === undefined) return undefined;
    const durationMs = this.#settings.sessionSeconds * 1_000;
    const renewBefore = Math.min(RENEW_BEFORE_MS, durationMs / 2);
    const current = this.#current;
    if (
      current === undefined ||
      current.role !== roleName ||
      now >= current.session.expiresAt - renewBefore
    ) {
      const session = this.#sessions.issue(role, { sessionName: 'i-demo0instance', durationMs, now });
      this.#current = { role: roleName, session, issuedAt: now };
      return credentialsDocument(session, now);
    }
    return credentialsDocument(current.session, current.issuedAt);
  }

  #initial(): MetadataSettings {
    const { role, v1 = true, v2 = true, sessionSeconds = 21_600 } = this.#roles.metadata ?? {};
    return { role, v1, v2, sessionSeconds };
  }
}

function credentialsDocument(session: Session, issuedAt: number): Readonly<Record<string, string>> {
  return {
    AccessKeyId: session.accessKeyId,
    AccessKeySecret: session.accessKeySecret,
    Expiration: utcSeconds(session.expiresAt),
    SecurityToken: session.securityToken,
    LastUpdated: utcSeconds(issuedAt),
    Code: 'Success',
  };
}
