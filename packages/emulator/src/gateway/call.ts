import type { Parameter } from './parameters.ts';
import { parseParameters } from './parameters.ts';
import { headerValue, rawQuery, type WireRequest } from './wire-request.ts';

export type Format = 'JSON' | 'XML';

/** A parsed request that is not authenticated yet. */
export interface Call {
  readonly scheme: 'ACS3-HMAC-SHA256' | 'HMAC-SHA1' | 'anonymous';
  readonly action: string | undefined;
  readonly version: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly query: readonly Parameter[];
  readonly form: readonly Parameter[];
  /** Query, then form body. The first parameter of a name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The call of a request whose parameters cannot be decoded. */
export const UNREADABLE_CALL: Call = {
  scheme: 'anonymous',
  action: undefined,
  version: undefined,
  accessKeyId: undefined,
  query: [],
  form: [],
  parameters: new Map(),
};

/** Parses scheme, operation, access key id and parameters of a request. */
export function readCall(request: WireRequest): Call {
  const query = parseParameters(rawQuery(request));
  const form = formParameters(request);
  const parameters = new Map<string, string>();
  for (const [name, value] of [...query, ...form]) if (!parameters.has(name)) parameters.set(name, value);

  const authorization = headerValue(request, 'authorization');
  if (authorization !== undefined) {
    return {
      scheme: 'ACS3-HMAC-SHA256',
      action: headerValue(request, 'x-acs-action'),
      version: headerValue(request, 'x-acs-version'),
      accessKeyId: /Credential=([^,\s]+)/.exec(authorization)?.[1],
      query,
      form,
      parameters,
    };
  }
  const signed = ['AccessKeyId', 'Signature', 'SignatureMethod'].some((name) => parameters.has(name));
  return {
    scheme: signed ? 'HMAC-SHA1' : 'anonymous',
    action: parameters.get('Action') ?? headerValue(request, 'x-acs-action'),
    version: parameters.get('Version') ?? headerValue(request, 'x-acs-version'),
    accessKeyId: parameters.get('AccessKeyId'),
    query,
    form,
    parameters,
  };
}

/** The format of the answer, from the parameter `Format` or the header `accept`. */
export function answerFormat(
  request: WireRequest,
  parameters: ReadonlyMap<string, string>,
  rpcDefault: Format,
): Format {
  const format = parameters.get('Format')?.toUpperCase();
  if (format === 'XML' || format === 'JSON') return format;
  if (headerValue(request, 'authorization') === undefined && parameters.has('Signature')) return rpcDefault;
  const accept = headerValue(request, 'accept') ?? '';
  return /\b(?:application|text)\/xml\b/.test(accept) && !accept.includes('json') ? 'XML' : 'JSON';
}

function formParameters(request: WireRequest): Parameter[] {
  const contentType = headerValue(request, 'content-type') ?? '';
  if (request.body.length === 0 || !/^application\/x-www-form-urlencoded\b/i.test(contentType)) return [];
  return parseParameters(request.body.toString('utf8'));
}
