import { checkSize } from '../send.ts';

/** Collects the parts of a body, within the size limit. The buffer doubles when it is full, so that each byte is copied a constant number of times on average. */
export class ByteBuffer {
  #bytes: Buffer = Buffer.alloc(0);
  length = 0;

  /** Copies, because the source is reused for the next read. */
  append(source: Buffer, start: number, end: number): void {
    const length = this.length + end - start;
    checkSize(length);
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#bytes.length * 2, 1024));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    source.copy(this.#bytes, this.length, start, end);
    this.length = length;
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }
}
