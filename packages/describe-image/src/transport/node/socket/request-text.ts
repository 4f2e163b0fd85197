import { requestTarget, type SignedRequest } from '../../../protocol/request.ts';

/** The request as HTTP/1.1 text. A body of bytes is not included and must be written after it. */
export function requestText(request: SignedRequest): string {
  const { method, body, headerLines } = request;
  const head = `${method} ${requestTarget(request)} HTTP/1.1\r\n${headerLines ?? renderHeaders(request.headers)}`;
  if (body === undefined) return `${head}content-length: 0\r\n\r\n`;
  if (typeof body !== 'string') return `${head}content-length: ${body.length}\r\n\r\n`;
  return `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function renderHeaders(headers: SignedRequest['headers']): string {
  let lines = '';
  for (const name in headers) {
    const value = headers[name] ?? '';
    // A line break would start another header.
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw new TypeError(`header ${JSON.stringify(name)}: the name or the value has a forbidden character`);
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
}
