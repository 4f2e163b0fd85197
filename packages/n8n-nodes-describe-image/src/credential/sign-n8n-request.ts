import { randomUUID } from 'node:crypto';
import {
  type Credentials,
  type RpcRequest,
  requestUrl,
  rpcRequest,
  signRequest,
  ValidationError,
} from '@describe-image/core/protocol';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

/** The request of a node or a credential test, with the other options that `authenticate` gets. */
export type N8nRequest = IHttpRequestOptions & {
  /** The HTTP Request node sets these three. */
  uri?: string;
  form?: IDataObject;
  formData?: unknown;
  /** Milliseconds to add to the local time. Set by the calls of this package. */
  clockOffsetMs?: number;
};
type Parameters = RpcRequest['parameters'];

/** Signs a request of a node, a credential test or the HTTP Request node. Query and body become text, so that n8n sends the signed bytes. */
export function signN8nRequest(options: N8nRequest, credentials: Credentials): IHttpRequestOptions {
  const { uri, url, baseURL, qs, form, formData, body, headers, clockOffsetMs = 0, ...rest } = options;
  if (formData !== undefined || isStreamed(body))
    throw new ValidationError('body: a multipart or streamed body cannot be signed. Send a form or JSON');
  const unsigned = rpcRequest({
    method: options.method,
    url: absoluteUrl(uri ?? url, baseURL),
    parameters: qs as Parameters, // core rejects values that cannot be sent as text
    ...signedContent(form, body, readHeaders(headers)),
  });
  const date = new Date(Date.now() + clockOffsetMs);
  const signed = signRequest(unsigned, credentials, { date, nonce: randomUUID() });
  const signedUrl = requestUrl(signed);
  const sent = signed.body instanceof Uint8Array ? Buffer.from(signed.body) : signed.body;
  return {
    ...rest,
    method: signed.method,
    url: signedUrl,
    headers: { ...signed.headers },
    ...(sent !== undefined && { body: sent }),
    ...(uri !== undefined && { uri: signedUrl }),
  };
}

/** Streams and multipart forms are read after signing, so their hash is not known in time. */
function isStreamed(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('pipe' in body || body instanceof FormData);
}

function absoluteUrl(url = '', baseURL?: string): string {
  if (baseURL === undefined || /^https?:/i.test(url)) return url;
  return url === '' ? baseURL : `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

function signedContent(
  form: IDataObject | undefined,
  body: IHttpRequestOptions['body'],
  headers: Record<string, string>,
): Pick<RpcRequest, 'headers' | 'form' | 'body'> {
  if (form !== undefined) return { headers, form: form as Parameters };
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const withContentType = (contentType: string) =>
    type === undefined ? { ...headers, 'content-type': contentType } : headers;
  if (body instanceof URLSearchParams)
    return { headers: withContentType('application/x-www-form-urlencoded'), body: body.toString() };
  if (body instanceof Uint8Array) return { headers: withContentType('application/octet-stream'), body };
  if (typeof body !== 'object' || body === null)
    // n8n's HTTP client trims JSON text before sending.
    return body ? { headers: withContentType('application/json'), body: String(body).trim() } : { headers };
  if (type?.toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return { headers, form: body as Parameters };
  if (Object.keys(body).length === 0) return { headers };
  return { headers: withContentType('application/json'), body: JSON.stringify(body) };
}

function readHeaders(headers: IDataObject = {}): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
