import { readFileSync } from 'node:fs';

/** The intermediate results of signing a request with ACS3-HMAC-SHA256. */
interface Acs3Stages {
  readonly kind: 'ACS3-HMAC-SHA256';
  readonly inputs: Acs3Inputs;
  readonly canonicalRequest: string;
  readonly hashedCanonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

/** What the official package was called with. */
interface Acs3Inputs {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly method: 'GET' | 'POST';
  readonly params: Readonly<Record<string, string>>;
  readonly nonce: string;
  readonly date: string;
}

/** A request as an official package sent it. */
interface CapturedRequest {
  readonly id: string;
  readonly inputs: {
    readonly accessKeyId?: string;
    readonly accessKeySecret?: string;
    readonly securityToken?: string;
    readonly action: string;
    readonly version: string;
  };
  readonly date: string;
  readonly method: string;
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly bodyFraming: 'content-length' | 'chunked' | 'none';
  /** Why the captured signature departs from the documented rule. */
  readonly divergence?: string;
}

/** A captured request that is signed with ACS3-HMAC-SHA256. */
export interface Acs3Vector extends CapturedRequest, Acs3Stages {
  readonly inputs: Acs3Inputs;
  readonly canonicalQuery: string;
  readonly payloadHash: string;
  readonly authorization: string;
}

/** A captured request that is signed with HMAC-SHA1, or AssumeRoleWithOIDC, which is not signed. */
interface OtherVector extends CapturedRequest {
  readonly kind: 'RPC-HMAC-SHA1' | 'UNSIGNED';
}

/** A request captured from an official package. */
export type Vector = Acs3Vector | OtherVector;

/** The vendor's published ACS3-HMAC-SHA256 example, of which only the stages of signing are known. */
export interface DocumentedExample extends Acs3Stages {
  readonly id: string;
}

// The shape of signing.json is fixed: the types above describe this one file.
const file: {
  readonly documented: readonly (DocumentedExample | { readonly kind: 'RPC-HMAC-SHA1' })[];
  readonly vectors: readonly Vector[];
} = JSON.parse(readFileSync(new URL('../signing.json', import.meta.url), 'utf8'));

/** Every captured request. */
export const vectors: readonly Vector[] = file.vectors;

/** The vendor's published examples of ACS3-HMAC-SHA256. */
export const documentedExamples: readonly DocumentedExample[] = file.documented.filter(
  (example) => example.kind === 'ACS3-HMAC-SHA256',
);
