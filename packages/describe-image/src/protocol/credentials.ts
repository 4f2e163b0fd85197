/**
 * The keys that sign a request.
 *
 * @see {@link https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair | AccessKey pairs}
 * @public
 */
export interface Credentials {
  /** Not a secret by itself, but shown masked everywhere. */
  readonly accessKeyId: string;
  /** The signing key. It is never sent. */
  readonly accessKeySecret: string;
  /** Present when the keys are temporary (STS). Sent and signed as `x-acs-security-token`. */
  readonly securityToken?: string | undefined;
  /** When temporary keys stop working. */
  readonly expiration?: Date | undefined;
}

/** The reason for a request to a provider: `refused` has the credentials that the service reported as expired. @public */
export interface CredentialRequest {
  readonly refused?: Credentials | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A source of credentials, called before every attempt, so that rotated keys are used.
 *
 * @public
 */
export type CredentialProvider = (request?: CredentialRequest) => Credentials | Promise<Credentials>;
