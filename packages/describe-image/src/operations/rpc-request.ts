import { resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { ValidationError } from '../errors/errors.ts';
import type { HttpMethod, UnsignedRequest } from '../protocol/request.ts';
import { encodeParameters } from '../protocol/signing/canonical-query.ts';
import { flattenParameters, type ParameterValues } from './flatten-parameters.ts';

/** A request of an RPC API that is not signed yet, as an HTTP client describes it. @public */
export interface RpcRequest {
  /** In upper or lower case: `GET` or `POST` for RPC APIs, any {@link HttpMethod} for ROA APIs. @defaultValue 'GET' */
  readonly method?: string | undefined;
  /** An absolute URL, with the path of a ROA API, with or without a query. A `+` in the query is a space, as in forms. */
  readonly url: string;
  /** Added to the query. Lists and objects are flattened as RPC APIs require. */
  readonly parameters?: ParameterValues | undefined;
  /** Sent as a form instead of `body`. */
  readonly form?: ParameterValues | undefined;
  /** Names in upper or lower case. Headers of an earlier signature are removed. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The bytes to send, or their text. A form is encoded again. */
  readonly body?: string | Uint8Array | undefined;
}

const METHOD = /^(GET|POST|PUT|DELETE)$/;
const FORM = /^application\/x-www-form-urlencoded\b/i;
const REPLACED_BY_SIGNING: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'authorization',
  'content-length',
  'host',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-security-token',
  'x-acs-signature-nonce',
]);

/**
 * Prepares a call of any Alibaba Cloud RPC or ROA API for `signRequest`. `Action` and `Version` may be in the query, in the form, or in the
 * headers `x-acs-action` and `x-acs-version`.
 *
 * @throws {@link ValidationError} that names the part of the request that cannot be signed.
 *
 * @example
 * ```ts
 * import { rpcRequest } from '@describe-image/core/protocol';
 *
 * const unsigned = rpcRequest({
 *   url: 'https://ecs.cn-hangzhou.aliyuncs.com/?Action=DescribeRegions&Version=2014-05-26',
 * });
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3}
 * @public
 */
export function rpcRequest(request: RpcRequest): UnsignedRequest {
  const { method = 'GET', url, parameters = {} } = request;
  const verb = method.toUpperCase();
  if (!isMethod(verb))
    throw new ValidationError(`method: must be an HTTP method, got ${JSON.stringify(method)}`);
  const [address = '', search = ''] = url.replace(/#.*$/s, '').split(/\?(.*)/s);
  const query = merged('the query', new URLSearchParams(search), parameters);
  const headers = headersToSend(request.headers);
  const form = formOf(request, headers);
  for (const [name, header] of NAMING) {
    const named = headers[header] ?? query[name] ?? form?.[name];
    delete query[name];
    delete form?.[name];
    if (!named) throw new ValidationError(`${name}: must be given as a query parameter, got none`);
    headers[header] = named;
  }
  return {
    method: verb,
    endpoint: resolveEndpoint({ endpoint: address }),
    query: encodeParameters('the query', query),
    headers,
    body: form === undefined ? request.body : encodeParameters('the form', form),
  };
}

function isMethod(verb: string): verb is HttpMethod {
  return METHOD.test(verb);
}

const NAMING = [
  ['Action', 'x-acs-action'],
  ['Version', 'x-acs-version'],
] as const;

function headersToSend(given: RpcRequest['headers'] = {}): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  for (const [name, value] of Object.entries(given))
    if (!REPLACED_BY_SIGNING.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  return headers;
}

function formOf(
  { form, body }: RpcRequest,
  headers: Record<string, string>,
): Record<string, string> | undefined {
  if (form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    return merged('the form', [], form);
  }
  if (body === undefined || !FORM.test(headers['content-type'] ?? '')) return undefined;
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return merged('the form', new URLSearchParams(text), {});
}

function merged(
  where: string,
  pairs: Iterable<readonly [string, string]>,
  values: ParameterValues,
): Record<string, string> {
  // Without a prototype, so that a parameter called __proto__ is kept.
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of [...pairs, ...Object.entries(flattenParameters(where, values))]) {
    if (Object.hasOwn(parameters, name))
      throw new ValidationError(`${where}: must contain ${JSON.stringify(name)} once, got it twice`);
    parameters[name] = String(value);
  }
  return parameters;
}
