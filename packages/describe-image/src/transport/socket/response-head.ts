/** The status line and the headers of a response, with those that describe its body and its connection parsed. */
export interface ResponseHead {
  readonly status: number;
  /** Every header line with CRLF in front of it. */
  readonly lines: string;
  /** Length of the head with its empty line, in bytes. */
  readonly size: number;
  readonly contentLength: number | undefined;
  readonly chunked: boolean;
  readonly contentEncoding: string | undefined;
  /** Whether the server keeps the connection open. */
  readonly keepAlive: boolean;
  /** `Keep-Alive: timeout`, in milliseconds. */
  readonly idleTimeoutMs: number | undefined;
}

// One pass over the whole head: CRLF only, names are tokens directly followed by a colon, no folded lines, no control characters.
const HEAD =
  /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?((?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*)*)\r\n\r\n/;
const FRAMING =
  /\r\n(content-length|transfer-encoding|connection|keep-alive|content-encoding):[\t ]*([^\r]*)/gi;

/**
 * Parses a head. `text` starts with it and may continue with the body.
 *
 * @returns undefined when `text` does not start with a well-formed and complete head.
 * @throws Error for headers that make the end of the body ambiguous.
 */
export function parseHead(text: string): ResponseHead | undefined {
  const match = HEAD.exec(text);
  if (match === null) return undefined;
  const [{ length: size }, minor, status, lines = ''] = match;
  let contentLength: number | undefined;
  let chunked = false;
  let contentEncoding: string | undefined;
  let keepAlive = minor === '1';
  let idleTimeoutMs: number | undefined;
  FRAMING.lastIndex = 0;
  for (let field = FRAMING.exec(lines); field !== null; field = FRAMING.exec(lines)) {
    const [, name = '', untrimmed = ''] = field;
    const value = trimEnd(untrimmed).toLowerCase();
    switch (name.toLowerCase()) {
      case 'content-length':
        if (contentLength !== undefined) throw malformed('two Content-Length headers');
        if (!/^\d{1,15} *$/.test(untrimmed)) throw malformed('a Content-Length that is not a number');
        contentLength = Number(untrimmed);
        break;
      case 'transfer-encoding':
        // White space after it makes Node read up to the end of the connection.
        if (chunked || untrimmed.toLowerCase() !== 'chunked')
          throw malformed('a Transfer-Encoding other than chunked');
        chunked = true;
        break;
      case 'connection':
        if (/(?:^|[\t ,])close(?:$|[\t ,])/.test(value)) keepAlive = false;
        break;
      case 'keep-alive':
        idleTimeoutMs = Number(/(?:^|[\t ,])timeout=(\d{1,6})/.exec(value)?.[1] ?? Number.NaN) * 1000;
        break;
      case 'content-encoding':
        if (value !== 'identity')
          contentEncoding = contentEncoding === undefined ? value : `${contentEncoding}, ${value}`;
    }
  }
  if (chunked && contentLength !== undefined) throw malformed('both Content-Length and Transfer-Encoding');
  if (chunked && minor === '0') throw malformed('Transfer-Encoding in HTTP/1.0');
  return {
    status: Number(status),
    lines,
    size,
    contentLength,
    chunked,
    contentEncoding,
    keepAlive,
    idleTimeoutMs: Number.isNaN(idleTimeoutMs) ? undefined : idleTimeoutMs,
  };
}

/** A response that breaks HTTP/1.1. Its socket cannot be used again, since the start of the next response is unknown. */
export function malformed(what: string): Error {
  return new Error(`malformed response: ${what}`);
}

/** Looks headers up by lower-case name. Most callers read none, so the lines are split on the first look-up. */
export function headerLookup(lines: string): (name: string) => string | undefined {
  let values: Map<string, string> | undefined;
  return (name) => {
    if (values === undefined) {
      values = new Map();
      for (const line of lines.slice(2).split('\r\n')) {
        const colon = line.indexOf(':');
        const key = line.slice(0, colon).toLowerCase();
        const value = trimEnd(line.slice(colon + 1).replace(/^[\t ]+/, ''));
        const earlier = values.get(key);
        values.set(key, earlier === undefined ? value : `${earlier}, ${value}`);
      }
    }
    return values.get(name);
  };
}

/** Spaces and tabs only: `trimEnd` of strings also removes characters that HTTP does not call white space. */
function trimEnd(value: string): string {
  let end = value.length;
  while (end > 0 && (value[end - 1] === ' ' || value[end - 1] === '\t')) end--;
  return value.slice(0, end);
}
