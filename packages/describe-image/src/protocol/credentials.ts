/**
 * The keys that sign a request.
 *
 * @see {@link https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair | AccessKey pairs}
 * @public
 */
export interface Credentials {
  /** Not a secret, but logs and reports show it masked. */
  readonly accessKeyId: string;
  /** The signing key. It is never sent. */
  readonly accessKeySecret: string;
  /** Present when the keys are temporary (STS). Sent and signed as `x-acs-security-token`. */
  readonly securityToken?: string | undefined;
  /** When temporary keys stop working. */
  readonly expiration?: Date | undefined;
}

/** What a provider of credentials is called with. @public */
export interface CredentialRequest {
  /** The provider's own credentials, if the service has reported them as expired. Return others. */
  readonly expired?: Credentials | undefined;
  /** Aborts when the credentials are no longer needed. */
  readonly signal?: AbortSignal | undefined;
}

/** A function that returns credentials. It is called before every attempt, so that rotated keys are used. @public */
export type CredentialProvider = (request?: CredentialRequest) => Credentials | Promise<Credentials>;
