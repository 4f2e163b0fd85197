import { faultCode } from '../../protocol/redaction.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { failed, systemFault } from '../source-error.ts';

/**
 * Reads a file without its byte order mark. `undefined` when there is no such file.
 *
 * @throws CredentialSourceError when the file exists but cannot be read.
 */
export async function readTextFile(host: CredentialHost, path: string): Promise<string | undefined> {
  try {
    const text = await host.readFile(path);
    return text.replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = faultCode(cause) ?? 'unknown fault';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw systemFault(
      `${path}: cannot be read (${code})`,
      'Check that it is a file that this user may read.',
      {
        cause,
      },
    );
  }
}

/** Sections by name, their keys in lower case. */
export type Ini = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * Reads `[section]` and `key = value`, with `#` and `;` for comments.
 *
 * @throws CredentialSourceError naming the line, never its content.
 */
export function parseIni(text: string, path: string): Ini {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const name = /^\[([^\]]*)\]$/.exec(line)?.[1]?.trim();
    if (name !== undefined) {
      section = sections.get(name) ?? {};
      sections.set(name, section);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 1)
      throw failed(
        `${path}, line ${index + 1}: is neither "[name]" nor "key = value"`,
        `Correct line ${index + 1}.`,
      );
    if (section === undefined)
      throw failed(
        `${path}, line ${index + 1}: comes before the first "[name]"`,
        'Begin the file with "[default]".',
      );
    section[line.slice(0, equals).trim().toLowerCase()] = unquote(line.slice(equals + 1).trim());
  }
  return sections;
}

function unquote(value: string): string {
  return /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}
