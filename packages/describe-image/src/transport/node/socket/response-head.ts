/** The status line and the headers of a response. */
export interface ResponseHead {
  readonly status: number;
  /** A header by its lower-case name. The values of repeated headers are joined with commas. */
  readonly header: (name: string) => string | undefined;
  /** Length of the head with its empty line, in bytes. */
  readonly size: number;
  readonly contentLength: number | undefined;
  readonly chunked: boolean;
  /** Whether the server keeps the connection open. */
  readonly keepAlive: boolean;
}

// One pass over the whole head: CRLF only, names are tokens directly followed by a colon, no folded lines, no control characters.
const HEAD =
  /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?((?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*)*\r\n)\r\n/;

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
  const lower = lines.toLowerCase();
  // Not trimmed: Node rejects some white space after these two.
  const length = headerValue(lower, lower, 'content-length', String);
  const encoding = headerValue(lower, lower, 'transfer-encoding', String);
  if (length !== undefined && !/^[\t ]*\d{1,15} *$/.test(length))
    throw malformed('a Content-Length that is not one number');
  if (encoding !== undefined && (length !== undefined || minor === '0' || !/^[\t ]*chunked$/.test(encoding)))
    throw malformed('a Transfer-Encoding other than chunked, in HTTP/1.0, or with a Content-Length');
  const connection = headerValue(lower, lower, 'connection') ?? '';
  return {
    status: Number(status),
    header: (name) => headerValue(lines, lower, name),
    size,
    contentLength: length === undefined ? undefined : Number(length),
    chunked: encoding !== undefined,
    keepAlive: minor === '1' && !/(?:^|[\t ,])close(?:$|[\t ,])/.test(connection),
  };
}

/** @param lower - The lines in lower case. */
function headerValue(lines: string, lower: string, name: string, edit = trimmed): string | undefined {
  const start = `\r\n${name}:`;
  let joined: string | undefined;
  for (let at = lower.indexOf(start); at >= 0; at = lower.indexOf(start, at + 1)) {
    const value = edit(lines.slice(at + start.length, lines.indexOf('\r\n', at + start.length)));
    joined = joined === undefined ? value : `${joined}, ${value}`;
  }
  return joined;
}

/** Spaces and tabs only: `trim` of strings also removes characters that HTTP does not call white space. */
function trimmed(value: string): string {
  let [start, end] = [0, value.length];
  while (value[start] === ' ' || value[start] === '\t') start++;
  while (end > start && (value[end - 1] === ' ' || value[end - 1] === '\t')) end--;
  return value.slice(start, end);
}

/** A response that breaks HTTP/1.1. Its socket cannot be used again, since the start of the next response is unknown. */
export function malformed(what: string): Error {
  return new Error(`malformed response: ${what}`);
}
