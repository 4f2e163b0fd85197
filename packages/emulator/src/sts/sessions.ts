import { createHash } from 'node:crypto';
import type { KeyRing } from '../gateway/key-ring.ts';
import type { Permissions } from '../gateway/ram-policy.ts';
import { uuidFrom } from '../gateway/request-ids.ts';
import type { Role, Roles } from './roles.ts';

/** Temporary credentials of a role. */
export interface Session {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The values that a session is derived from. Holds no secret. @public */
export interface SessionRecord {
  /** Counts from 1. */
  readonly sequence: number;
  readonly role: string;
  readonly sessionName: string;
  /** The policy that restricts the session, if any. */
  readonly policy?: Permissions | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Issues temporary credentials. They are derived from the seed and a sequence number, so the same calls return the same credentials. */
export class Sessions {
  readonly #seed: string;
  readonly #keys: KeyRing;
  readonly #roles: Roles;
  #records: SessionRecord[] = [];

  constructor(seed: string, keys: KeyRing, roles: Roles) {
    this.#seed = seed;
    this.#keys = keys;
    this.#roles = roles;
  }

  /** @param options - `durationMs` is how long the credentials are valid on the emulator's clock. */
  issue(
    role: Role,
    options: {
      readonly sessionName: string;
      readonly durationMs: number;
      readonly now: number;
      readonly policy?: Permissions | undefined;
    },
  ): Session {
    const record: SessionRecord = {
      sequence: this.#records.length + 1,
      role: role.name,
      sessionName: options.sessionName,
      policy: options.policy,
      // Expiration is sent in whole seconds, so the session ends at a whole second too.
      expiresAt: Math.floor((options.now + options.durationMs) / 1_000) * 1_000,
    };
    this.#records.push(record);
    return this.#activate(record, role);
  }

  records(): SessionRecord[] {
    return [...this.#records];
  }

  /** Replaces every session by these. */
  restore(records: readonly SessionRecord[]): void {
    this.#records = [...records];
    for (const record of records) {
      const role = this.#roles.byName(record.role);
      if (role !== undefined) this.#activate(record, role);
    }
  }

  #activate(record: SessionRecord, role: Role): Session {
    const name = `${this.#seed}\nsession\n${record.sequence}`;
    const session: Session = {
      accessKeyId: `STS.${uuidFrom(name).replaceAll('-', '').slice(0, 24)}`,
      accessKeySecret: hash(`${name}\nsecret`).toString('base64url').slice(0, 40),
      securityToken: `CAIS${Buffer.concat([1, 2, 3, 4].map((part) => hash(`${name}\ntoken ${part}`))).toString('base64')}`,
      expiresAt: record.expiresAt,
    };
    this.#keys.add({
      accessKeySecret: session.accessKeySecret,
      status: 'Active',
      securityToken: session.securityToken,
      expiresAt: session.expiresAt,
      throttle: undefined,
      principal: {
        accessKeyId: session.accessKeyId,
        type: 'AssumedRoleUser',
        accountId: role.accountId,
        principalId: `${role.roleId}:${record.sessionName}`,
        arn: assumedRoleArn(role, record.sessionName),
        permissions: record.policy === undefined ? [role.permissions] : [role.permissions, record.policy],
      },
    });
    return session;
  }
}

/** `acs:ram::<account>:assumed-role/<role>/<session>`, as in the answer of GetCallerIdentity. */
function assumedRoleArn(role: Role, sessionName: string): string {
  return `acs:ram::${role.accountId}:assumed-role/${role.name.toLowerCase()}/${sessionName}`;
}

/** Formats a time as the services do: in UTC and whole seconds. */
export function utcSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
