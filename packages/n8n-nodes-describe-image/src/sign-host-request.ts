import { randomUUID } from 'node:crypto';
import {
  type Credentials,
  type HostRequest,
  requestUrl,
  rpcRequest,
  signRequest,
  ValidationError,
} from '@describe-image/core/protocol';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

/** What the HTTP Request node adds to the shape that nodes and credential tests use. */
type HostOptions = IHttpRequestOptions & { uri?: string; form?: IDataObject; formData?: unknown };
type Parameters = HostRequest['parameters'];

/**
 * Signs a request of either shape: `url`, `baseURL`, `qs`, `body` of nodes, or `uri`, `qs`, `form`, `body` of the HTTP Request
 * node. What is signed is what is sent: the query moves into the address and bodies become text.
 */
export function signHostRequest(options: IHttpRequestOptions, credentials: Credentials): IHttpRequestOptions {
  const { uri, url, baseURL, qs, form, formData, body, headers, ...rest }: HostOptions = options;
  if (formData !== undefined || isStreamed(body))
    throw new ValidationError('body: a multipart or streamed body cannot be signed; send a form or JSON');
  const unsigned = rpcRequest({
    method: options.method,
    url: absolute(uri ?? url, baseURL),
    parameters: qs as Parameters, // core refuses what has no text
    ...content(form, body, textOf(headers)),
  });
  const signed = signRequest(unsigned, credentials, { date: new Date(), nonce: randomUUID() });
  const address = requestUrl(signed);
  const sent = signed.body instanceof Uint8Array ? Buffer.from(signed.body) : signed.body;
  return {
    ...rest,
    method: signed.method,
    url: address,
    headers: { ...signed.headers },
    ...(sent !== undefined && { body: sent }),
    ...(uri !== undefined && { uri: address }),
  };
}

/** Multipart forms and files are read while they are sent, after signing. */
function isStreamed(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('pipe' in body || body instanceof FormData);
}

function absolute(url = '', baseURL?: string): string {
  if (baseURL === undefined || /^https?:/i.test(url)) return url;
  return url === '' ? baseURL : `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

function content(
  form: IDataObject | undefined,
  body: IHttpRequestOptions['body'],
  headers: Record<string, string>,
): Pick<HostRequest, 'headers' | 'form' | 'body'> {
  if (form !== undefined) return { headers, form: form as Parameters };
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const as = (contentType: string) =>
    type === undefined ? { ...headers, 'content-type': contentType } : headers;
  if (body instanceof URLSearchParams)
    return { headers: as('application/x-www-form-urlencoded'), body: body.toString() };
  if (body instanceof Uint8Array) return { headers: as('application/octet-stream'), body };
  if (typeof body !== 'object' || body === null)
    // The HTTP client trims JSON before it sends it.
    return body ? { headers: as('application/json'), body: String(body).trim() } : { headers };
  if (type?.toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return { headers, form: body as Parameters };
  if (Object.keys(body).length === 0) return { headers };
  return { headers: as('application/json'), body: JSON.stringify(body) };
}

function textOf(headers: IDataObject = {}): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
