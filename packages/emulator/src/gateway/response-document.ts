import type { ApiError } from './api-error.ts';
import type { Format } from './call.ts';

/** An HTTP answer. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface ErrorContext {
  readonly requestId: string;
  /** The host name in the request, without port. */
  readonly hostId: string;
  /** Product code, for example `Sas`. */
  readonly product: string;
  readonly format: Format;
}

/** An error in the format of the gateway. */
export function errorDocument(error: ApiError, context: ErrorContext): Answer {
  const document = {
    RequestId: context.requestId,
    HostId: context.hostId,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${error.code}&product=${context.product}&requestId=${context.requestId}`,
    ...error.fields,
  };
  const retryAfter: Record<string, string> =
    error.retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(error.retryAfterMs) };
  return {
    status: error.status,
    headers: {
      'content-type': context.format === 'XML' ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8',
      'x-acs-request-id': context.requestId,
      ...retryAfter,
    },
    body: context.format === 'XML' ? toXml('Error', document) : JSON.stringify(document),
  };
}

/** A success in the format of the gateway. `RequestId` comes first. */
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

/** Converts a JSON document to XML: names become elements, and an array repeats its element. */
function toXml(root: string, document: Readonly<Record<string, unknown>>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root, document)}`;
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item: unknown) => element(name, item)).join('');
  if (typeof value === 'object') {
    const children = Object.entries(value)
      .map(([child, childValue]) => element(child, childValue))
      .join('');
    return `<${name}>${children}</${name}>`;
  }
  return `<${name}>${escapeText(String(value))}</${name}>`;
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
