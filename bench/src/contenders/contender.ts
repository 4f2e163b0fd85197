/** Looks up one digest, and rejects where the answer has none. Every call of a run has its own tag, so that two calls cannot share one request. */
export type DescribeTag = (tag: string) => Promise<unknown>;

/** One way to make the call. */
export interface Contender {
  readonly label: string;
  readonly official: boolean;
  /** Loads its modules and uses the server at `http://127.0.0.1:<port>`. */
  readonly open: (port: number) => Promise<DescribeTag>;
}

/** The other three ids, and keys: the server verifies nothing. */
export const REGION = 'cn-hangzhou';
export const INSTANCE = 'cri-hfs6gaawhyu6aaaa';
export const REPOSITORY = 'crr-7i88t7lx3fmfaaaa';
export const ACCESS_KEY_ID = 'testid';
export const ACCESS_KEY_SECRET = 'testsecret';
