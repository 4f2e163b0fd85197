/** A request as it was received: not decoded, not reordered. */
export interface WireRequest {
  readonly method: string;
  /** The raw request target, for example `/?ImageTag=1.0`. */
  readonly target: string;
  /** Names and values alternating, in wire order and case. Bytes above 0x7F are latin1. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** The part of the target before `?`. */
export function requestPath(request: WireRequest): string {
  const mark = request.target.indexOf('?');
  return mark === -1 ? request.target : request.target.slice(0, mark);
}

/** The part of the target after `?`, still encoded; empty when there is none. */
export function rawQuery(request: WireRequest): string {
  const mark = request.target.indexOf('?');
  return mark === -1 ? '' : request.target.slice(mark + 1);
}

/** The first value of a header; `name` in lower case. */
export function headerValue(request: WireRequest, name: string): string | undefined {
  const { rawHeaders } = request;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) return rawHeaders[index + 1];
  }
  return undefined;
}
