import type { CredentialHost } from '../host/credential-host.ts';
import { failed } from '../sources/credential-source-error.ts';

/**
 * A file's text without its byte order mark, or `undefined` when there is no such file.
 *
 * @throws CredentialSourceError when the file is there but cannot be read.
 */
export async function readTextFile(host: CredentialHost, path: string): Promise<string | undefined> {
  try {
    const text = await host.readFile(path);
    return text.replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw failed(`${path}: cannot be read (${code})`, 'Check that it is a file that this user may read.');
  }
}
