/** Who is calling, as far as permissions go. */
export interface Principal {
  readonly accessKeyId: string;
  /** `SubUser` for a RAM user, `AssumedRoleUser` for a session of a role. */
  readonly type: 'SubUser' | 'AssumedRoleUser';
  readonly accountId: string;
  /** Numeric id of a user, or `<role id>:<session name>`. */
  readonly principalId: string;
  readonly arn: string;
  /** Every set must allow an action: a session's policy can only narrow its role's. */
  readonly permissions: readonly Permissions[];
}

/** Actions allowed and denied, with wildcards. */
export interface Permissions {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}
