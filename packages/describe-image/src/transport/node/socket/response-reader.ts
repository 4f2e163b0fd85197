import { checkSize } from '../../send.ts';
import { malformed, parseHead, type ResponseHead } from './response-head.ts';

const EMPTY = Buffer.alloc(0);
const MAX_HEAD_BYTES = 16 * 1024;
const MAX_CHUNK_LINE = 256;
const CHUNK_LINE = /^([0-9a-f]{1,8})((?:;[!#$%&'*+\-.^_`|~\w]+(?:=[!#$%&'*+\-.^_`|~\w]+)?)*)\r$/i;
// RFC 9110, section 6.5.1: a trailer must not frame the body.
const TRAILER =
  /^(?!content-length|transfer-encoding)[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r$/i;

/**
 * Parses one HTTP/1.1 response from the bytes of a socket. It rejects a response whose end is ambiguous, and limits the size of every
 * part.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112 | RFC 9112}
 */
export class ResponseReader {
  head: ResponseHead | undefined;
  /** The body, once the response is complete. It may be a part of the bytes that were read last. */
  body: Buffer = EMPTY;
  /** Whether the socket can carry another exchange, once the response is complete. */
  reusable = false;

  #state: 'head' | 'data' | 'chunkLine' | 'chunkEnd' | 'trailers' | 'done' = 'head';
  /** Length of the body so far. */
  #length = 0;
  /** Bytes missing in the body or in the chunk. Infinity for a body that the end of the connection completes. */
  #left = 0;
  /** The start of a head or of a line whose end has not arrived. */
  #partial = '';
  /** Bytes of interim responses, chunk extensions and trailers. */
  #overhead = 0;

  /**
   * Takes the bytes before `end`. `bytes` may be reused by the caller when the response is not complete.
   *
   * @returns whether the response is complete.
   * @throws Error when it is malformed, ServiceError when it is too large.
   */
  read(bytes: Buffer, end: number): boolean {
    let at = 0;
    while (at < end && this.#state !== 'done') {
      if (this.#state === 'head') at = this.#readHead(bytes, at, end);
      else if (this.#state === 'data') at = this.#readData(bytes, at, end);
      else at = this.#readLine(bytes, at, end);
    }
    if (at < end) throw malformed('bytes after the end');
    return this.#state === 'done';
  }

  /**
   * The server closed the connection.
   *
   * @returns whether that completes the response.
   */
  end(): boolean {
    if (this.#left !== Number.POSITIVE_INFINITY) return false;
    this.#complete();
    return true;
  }

  /** Reads a part of the head and returns the position after it. */
  #readHead(bytes: Buffer, at: number, end: number): number {
    const earlier = this.#partial.length;
    const text =
      this.#partial + bytes.toString('latin1', at, Math.min(end, at + MAX_HEAD_BYTES + 1 - earlier));
    // A head that arrives byte by byte is parsed once, at its end.
    if (!text.includes('\r\n\r\n', Math.max(earlier - 3, 0))) {
      if (text.length > MAX_HEAD_BYTES) throw malformed('a head that is too long');
      const isHttp = 'HTTP/1.'.startsWith(text.slice(0, 7));
      if (!isHttp || /[^\r]\n|\r[^\n]/.test(text.slice(Math.max(earlier - 1, 0))))
        throw malformed('a head that is not HTTP/1.1');
      this.#partial = text;
      return end;
    }
    const head = parseHead(text);
    if (head === undefined) throw malformed('a head that is not HTTP/1.1');
    if (head.size > MAX_HEAD_BYTES) throw malformed('a head that is too long');
    this.#partial = '';
    this.#startBody(head);
    return at + head.size - earlier;
  }

  #startBody(head: ResponseHead): void {
    const { status, contentLength, chunked } = head;
    if (status < 200) {
      if (status === 101 || chunked || contentLength !== undefined)
        throw malformed(`an unexpected HTTP ${status}`);
      this.#countOverhead(head.size);
      return;
    }
    this.head = head;
    const bodyless = status === 204 || status === 304;
    this.reusable =
      head.keepAlive && (bodyless ? !chunked && !contentLength : chunked || contentLength !== undefined);
    if (contentLength !== undefined) checkSize(contentLength);
    if (bodyless || contentLength === 0) this.#complete();
    else if (chunked) this.#state = 'chunkLine';
    else {
      this.#left = contentLength ?? Number.POSITIVE_INFINITY;
      this.#state = 'data';
    }
  }

  #readData(bytes: Buffer, at: number, end: number): number {
    const stop = Math.min(end, at + this.#left);
    const isChunk = this.head?.chunked === true;
    const before = this.#length;
    this.#length += stop - at;
    this.#left -= stop - at;
    checkSize(this.#length);
    // The usual response fits one read and is not copied.
    if (before === 0 && this.#left === 0 && !isChunk) this.body = bytes.subarray(at, stop);
    else {
      // Doubled when it is full, so that each byte is copied a constant number of times on average.
      if (this.#length > this.body.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(this.#length, this.body.length * 2, 1024));
        this.body.copy(larger, 0, 0, before);
        this.body = larger;
      }
      bytes.copy(this.body, before, at, stop);
    }
    if (this.#left > 0) return stop;
    if (isChunk) this.#state = 'chunkEnd';
    else this.#complete();
    return stop;
  }

  #readLine(bytes: Buffer, at: number, end: number): number {
    const limit = this.#state === 'trailers' ? MAX_HEAD_BYTES : MAX_CHUNK_LINE;
    const text = bytes.toString('latin1', at, Math.min(end, at + limit));
    const newline = text.indexOf('\n');
    const line = this.#partial + (newline < 0 ? text : text.slice(0, newline));
    if (line.length > limit) throw malformed('a line that is too long');
    if (newline < 0) {
      this.#partial = line;
      return at + text.length;
    }
    this.#partial = '';
    this.#endLine(line);
    return at + newline + 1;
  }

  #endLine(line: string): void {
    if (this.#state === 'chunkEnd') {
      if (line !== '\r') throw malformed('a chunk longer than its size');
      this.#state = 'chunkLine';
    } else if (this.#state === 'chunkLine') {
      const [, size, extensions = ''] = CHUNK_LINE.exec(line) ?? [];
      if (size === undefined) throw malformed('a chunk size that is not a number');
      this.#countOverhead(extensions.length);
      this.#left = Number.parseInt(size, 16);
      checkSize(this.#length + this.#left);
      this.#state = this.#left === 0 ? 'trailers' : 'data';
    } else if (line === '\r') this.#complete();
    else {
      if (!TRAILER.test(line)) throw malformed('a trailer that is not a header');
      this.#countOverhead(line.length);
    }
  }

  #countOverhead(bytes: number): void {
    this.#overhead += bytes;
    if (this.#overhead > MAX_HEAD_BYTES)
      throw malformed('too many interim responses, chunk extensions or trailers');
  }

  #complete(): void {
    this.#state = 'done';
    this.body = this.body.subarray(0, this.#length);
  }
}
