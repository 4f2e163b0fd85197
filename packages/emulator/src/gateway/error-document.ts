import type { Format } from './call.ts';
import type { Refusal } from './refusal.ts';
import { toXml } from './xml-document.ts';

/** An answer ready for the wire. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface ErrorContext {
  readonly requestId: string;
  /** Host name the client asked for, without port. */
  readonly hostId: string;
  /** Product code, for example `Sas`. */
  readonly product: string;
  readonly format: Format;
}

/** An error in the gateway's own wire shape. */
export function errorDocument(refusal: Refusal, context: ErrorContext): Answer {
  const document = {
    RequestId: context.requestId,
    HostId: context.hostId,
    Code: refusal.code,
    Message: refusal.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${refusal.code}&product=${context.product}&requestId=${context.requestId}`,
    ...refusal.fields,
  };
  const retryAfter: Record<string, string> =
    refusal.retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(refusal.retryAfterMs) };
  return {
    status: refusal.status,
    headers: {
      'content-type': context.format === 'XML' ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8',
      'x-acs-request-id': context.requestId,
      ...retryAfter,
    },
    body: context.format === 'XML' ? toXml('Error', document) : JSON.stringify(document),
  };
}

/** A success in the gateway's own wire shape; `RequestId` comes first. */
export function successDocument(
  fields: Readonly<Record<string, unknown>>,
  context: { readonly requestId: string; readonly action: string; readonly format: Format },
): Answer {
  const document = { RequestId: context.requestId, ...fields };
  return {
    status: 200,
    headers: {
      'content-type': context.format === 'XML' ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8',
      'x-acs-request-id': context.requestId,
    },
    body: context.format === 'XML' ? toXml(`${context.action}Response`, document) : JSON.stringify(document),
  };
}
