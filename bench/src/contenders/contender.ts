/** Looks up one digest. Rejects if the response has none. Each call of a run has its own tag, so that two calls cannot share one request. */
export type DescribeTag = (tag: string) => Promise<unknown>;

/** A client library, or code without one. */
export interface Contender {
  readonly label: string;
  readonly official: boolean;
  /** Loads its modules and uses the server at `http://127.0.0.1:<port>`. */
  readonly open: (port: number) => Promise<DescribeTag>;
}

/** The other three ids, and the keys. The server verifies none of them. */
export const REGION = 'cn-hangzhou';
export const INSTANCE = 'cri-hfs6gaawhyu6aaaa';
export const REPOSITORY = 'crr-7i88t7lx3fmfaaaa';
export const ACCESS_KEY_ID = 'testid';
export const ACCESS_KEY_SECRET = 'testsecret';

/** Reads the digest of a parsed response body. */
export function readDigest(document: unknown): string {
  if (isObject(document) && isObject(document['Data']) && typeof document['Data']['Digest'] === 'string')
    return document['Data']['Digest'];
  throw new Error(`no digest in ${JSON.stringify(document)}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
