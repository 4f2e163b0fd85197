import { describe, expect, it } from 'vitest';
import { ResponseReader } from './response-reader.ts';

const MEBIBYTE = 2 ** 20;

/** Feeds a response in parts of `size` bytes, each in the same buffer. */
function read(text: string, size = text.length) {
  const reader = new ResponseReader();
  const bytes = Buffer.from(text, 'latin1');
  const buffer = Buffer.alloc(size);
  let complete = false;
  for (let at = 0; at < bytes.length; at += size)
    complete = reader.read(buffer, bytes.copy(buffer, 0, at, at + size));
  return {
    complete,
    end: () => reader.end(),
    get outcome() {
      const { head, body, reusable } = reader;
      return { head, text: body.toString(), reusable };
    },
  };
}

describe('ResponseReader', () => {
  it.each([
    ['a Content-Length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', '{}', true],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\n{\r\n01;a=b\r\n}\r\n0\r\nX: y\r\n\r\n',
      '{}',
      true,
    ],
    ['no reason', 'HTTP/1.1 200\r\nContent-Length:2 \r\n\r\n{}', '{}', true],
    ['no body', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', '', true],
    ['status 204', 'HTTP/1.1 204 No Content\r\n\r\n', '', true],
    ['status 304 with a length', 'HTTP/1.1 304 x\r\nContent-Length: 9\r\n\r\n', '', false],
    [
      'an interim response',
      'HTTP/1.1 103 x\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
      '{}',
      true,
    ],
    [
      'Connection: close',
      'HTTP/1.1 200 OK\r\nConnection: a, Close\r\nContent-Length: 2\r\n\r\n{}',
      '{}',
      false,
    ],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}', '{}', false],
  ])('reads a response with %s, whole and byte by byte', (_what, text, body, reusable) => {
    for (const size of [text.length, 1, 7]) {
      const { complete, outcome } = read(text, size);
      expect([complete, outcome]).toMatchObject([true, { text: body, reusable }]);
    }
  });

  it('reads a body without a length up to the end of the connection', () => {
    const reader = read('HTTP/1.1 200 OK\r\n\r\n{}');
    expect(reader.complete).toBe(false);
    expect(reader.end()).toBe(true);
    expect(reader.outcome).toMatchObject({ text: '{}', reusable: false });
  });

  it.each([
    ['the head', 'HTTP/1.1 200 OK\r\nContent-Len'],
    ['the body', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}'],
    ['the chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n'],
    ['the trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n'],
    ['an interim response', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('does not take a connection that ends in %s for a response', (_where, text) => {
    expect(read(text).end()).toBe(false);
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a bare line feed', 'HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'],
    ['a bare carriage return', 'HTTP/1.1 200 OK\rX: y\r\n\r\n'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\n{}'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n{}'],
    ['a line without colon', 'HTTP/1.1 200 OK\r\nabc\r\nContent-Length: 2\r\n\r\n{}'],
    ['NUL in a value', 'HTTP/1.1 200 OK\r\nX: \0\r\nContent-Length: 2\r\n\r\n{}'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}'],
    ['a list of lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}'],
    ['a signed length', 'HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}'],
    ['a length with a no-break space', 'HTTP/1.1 200 OK\r\nContent-Length: 2\xa0\r\n\r\n{}'],
    [
      'length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['another transfer encoding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a chunk size in words', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['a chunk size with a space', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\n{}\r\n'],
    ['a chunk that is too long', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n'],
    [
      'a length in the trailers',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 2\r\n\r\n',
    ],
    ['bytes after the end', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}x'],
    ['status 101', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['interim responses above 16 KiB', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(700)],
    ['a head above 16 KiB', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(17_000)}`],
    ['a complete head above 16 KiB', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(16_400)}\r\n\r\n`],
    [
      'a chunk line above 256 bytes',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(300)}`,
    ],
    [
      'trailers above 16 KiB',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'X: abcdefg\r\n'.repeat(2000)}`,
    ],
    [
      'extensions above 16 KiB',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${`1;${'a'.repeat(200)}\r\nx\r\n`.repeat(100)}`,
    ],
  ])('rejects %s, whole and byte by byte', (_what, text) => {
    for (const size of [text.length, 1]) expect(() => read(text, size)).toThrow(/^malformed response: /);
  });

  it.each([
    ['a length', `HTTP/1.1 200 OK\r\nContent-Length: ${33 * MEBIBYTE}\r\n\r\n`],
    ['a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2100000\r\n'],
    [
      'chunks together',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${`100000\r\n${' '.repeat(MEBIBYTE)}\r\n`.repeat(33)}`,
    ],
    ['a body without a length', `HTTP/1.1 200 OK\r\n\r\n${' '.repeat(33 * MEBIBYTE)}`],
  ])('rejects %s above the size limit', (_what, text) => {
    expect(() => read(text, 65_536)).toThrow('larger than');
  });

  it('reads the status and the headers', () => {
    const { outcome } = read('HTTP/1.1 201 Created\r\nContent-Length: 1\r\nX: a \t\r\nx: b\r\n\r\nx');
    expect(outcome.head).toMatchObject({ status: 201, keepAlive: true });
    expect(outcome.head?.header('x')).toBe('a, b');
  });
});
