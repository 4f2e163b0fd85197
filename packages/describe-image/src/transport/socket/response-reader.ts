import { checkSize } from '../send.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { malformed, parseHead, type ResponseHead } from './response-head.ts';

const MAX_HEAD_BYTES = 16 * 1024;
const MAX_CHUNK_LINE = 256;
const MAX_INTERIM_RESPONSES = 10;
const CHUNK_LINE = /^([0-9a-f]{1,8})((?:;[!#$%&'*+\-.^_`|~\w]+(?:=[!#$%&'*+\-.^_`|~\w]+)?)*)\r$/i;
// RFC 9110, section 6.5.1: a trailer must not frame the body.
const TRAILER =
  /^(?!content-length|transfer-encoding)[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*\r$/i;

type State = 'head' | 'length' | 'chunkLine' | 'chunkData' | 'chunkEnd' | 'trailers' | 'untilEnd' | 'done';

/**
 * Parses HTTP/1.1 responses from the bytes of a socket, one after the other. It rejects a response whose end is ambiguous, and limits
 * the size of every part.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112 | RFC 9112}
 */
export class ResponseReader {
  head: ResponseHead | undefined;
  /** Text of a body that arrived in one read. Larger and encoded bodies are in `bytes`. */
  text: string | undefined;
  bytes: Buffer | undefined;
  /** Whether the socket can carry another exchange, once the response is complete. */
  reusable = false;

  #state: State = 'head';
  #body: ByteBuffer | undefined;
  /** Bytes missing in the body or in the chunk. */
  #left = 0;
  /** The start of a head or of a line whose end has not arrived. */
  #partial = '';
  #interim = 0;
  /** Bytes of chunk extensions and trailers. */
  #overhead = 0;

  /** Prepares for the next response. */
  reset(): void {
    this.head = this.text = this.bytes = this.#body = undefined;
    this.reusable = false;
    this.#state = 'head';
    this.#interim = this.#overhead = 0;
  }

  /**
   * Takes the bytes before `end`. `bytes` may be reused by the caller afterwards.
   *
   * @returns whether the response is complete.
   * @throws Error when it is malformed, ServiceError when it is too large.
   */
  read(bytes: Buffer, end: number): boolean {
    let at = 0;
    while (at < end && this.#state !== 'done') at = this.#step(bytes, at, end);
    if (this.#state !== 'done') return false;
    if (at < end) throw malformed('bytes after the end');
    return true;
  }

  /**
   * The server closed the connection.
   *
   * @returns whether that completes the response.
   */
  end(): boolean {
    if (this.#state !== 'untilEnd') return false;
    this.#complete();
    return true;
  }

  /** Reads one part and returns the position after it. */
  #step(bytes: Buffer, at: number, end: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes, at, end);
      case 'length':
        return this.#readBody(bytes, at, end, 'done');
      case 'chunkData':
        return this.#readBody(bytes, at, end, 'chunkEnd');
      case 'untilEnd':
        this.#append(bytes, at, end);
        return end;
      default:
        return this.#readLine(bytes, at, end);
    }
  }

  #readHead(bytes: Buffer, at: number, end: number): number {
    const earlier = this.#partial.length;
    const text =
      this.#partial + bytes.toString('latin1', at, Math.min(end, at + MAX_HEAD_BYTES + 1 - earlier));
    // A head that arrives byte by byte is parsed once, at its end.
    const mayBeComplete = earlier === 0 || text.includes('\r\n\r\n', Math.max(earlier - 3, 0));
    const head = mayBeComplete ? parseHead(text) : undefined;
    if (head === undefined) {
      this.#partial = checkPartialHead(text, earlier);
      return end;
    }
    if (head.size > MAX_HEAD_BYTES) throw malformed('a head that is too long');
    this.#partial = '';
    this.#startBody(head);
    const bodyStart = at + head.size - earlier;
    // The usual response fits one read: its text is decoded without a copy.
    if (this.#state !== 'length' || end - bodyStart < this.#left || head.contentEncoding !== undefined)
      return bodyStart;
    const stop = bodyStart + this.#left;
    this.text = bytes.toString('utf8', bodyStart, stop);
    this.#complete();
    return stop;
  }

  #startBody(head: ResponseHead): void {
    const { status, contentLength, chunked } = head;
    if (status < 200) {
      if (status === 101 || chunked || contentLength !== undefined || ++this.#interim > MAX_INTERIM_RESPONSES)
        throw malformed(`an unexpected HTTP ${status}`);
      return;
    }
    this.head = head;
    const bodyless = status === 204 || status === 304;
    this.reusable =
      head.keepAlive && (bodyless ? !chunked && !contentLength : chunked || contentLength !== undefined);
    if (contentLength !== undefined) checkSize(contentLength);
    this.#left = contentLength ?? 0;
    if (bodyless || contentLength === 0) this.#complete();
    else if (chunked) this.#state = 'chunkLine';
    else this.#state = contentLength === undefined ? 'untilEnd' : 'length';
  }

  #readBody(bytes: Buffer, at: number, end: number, next: 'done' | 'chunkEnd'): number {
    const stop = Math.min(end, at + this.#left);
    this.#append(bytes, at, stop);
    this.#left -= stop - at;
    if (this.#left > 0) return stop;
    if (next === 'done') this.#complete();
    else this.#state = next;
    return stop;
  }

  #append(bytes: Buffer, at: number, end: number): void {
    this.#body ??= new ByteBuffer();
    this.#body.append(bytes, at, end);
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
      checkSize((this.#body?.length ?? 0) + this.#left);
      this.#state = this.#left === 0 ? 'trailers' : 'chunkData';
    } else if (line === '\r') this.#complete();
    else {
      if (!TRAILER.test(line)) throw malformed('a trailer that is not a header');
      this.#countOverhead(line.length);
    }
  }

  #countOverhead(bytes: number): void {
    this.#overhead += bytes;
    if (this.#overhead > MAX_HEAD_BYTES) throw malformed('too many chunk extensions or trailers');
  }

  #complete(): void {
    this.#state = 'done';
    if (this.text !== undefined) return;
    if (this.#body === undefined) this.text = '';
    else if (this.head?.contentEncoding === undefined) this.text = this.#body.bytes.toString();
    else this.bytes = this.#body.bytes;
  }
}

/** Rejects text that cannot become a head before the rest has arrived. The first `checked` characters were checked before. */
function checkPartialHead(text: string, checked: number): string {
  if (text.length > MAX_HEAD_BYTES) throw malformed('a head that is too long');
  if (
    !'HTTP/1.'.startsWith(text.slice(0, 7)) ||
    /[^\r]\n|\r[^\n]|\0|\n\r\n/.test(text.slice(Math.max(checked - 3, 0)))
  )
    throw malformed('a head that is not HTTP/1.1');
  return text;
}
