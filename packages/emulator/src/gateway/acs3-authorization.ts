/** The three parts of an `Authorization: ACS3-HMAC-SHA256 …` header. */
export interface Acs3Authorization {
  readonly accessKeyId: string;
  /** In the order the client gave, lower case. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hex, 64 characters. */
  readonly signature: string;
}

export const ACS3_ALGORITHM = 'ACS3-HMAC-SHA256';

const FORM = /^ACS3-HMAC-SHA256 Credential=([^,\s]+),SignedHeaders=([^,\s]+),Signature=([0-9a-f]{64})$/;

/** Reads an `Authorization` header; `undefined` when it is not in the one documented form. */
export function parseAcs3Authorization(header: string): Acs3Authorization | undefined {
  const [, accessKeyId, signedHeaders, signature] = FORM.exec(header) ?? [];
  if (accessKeyId === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  return { accessKeyId, signedHeaders: signedHeaders.toLowerCase().split(';'), signature };
}
