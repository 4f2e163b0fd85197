import { createHash, createHmac } from 'node:crypto';
import type { WireMessage } from './wire.ts';

export interface SignOptions {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
  readonly action?: string;
  readonly version?: string;
  readonly method?: string;
  readonly host?: string;
  readonly date?: string;
  readonly nonce?: string;
  readonly body?: string;
  /** Sent and signed. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** Sent and not signed. */
  readonly unsignedHeaders?: Readonly<Record<string, string>>;
}

export const NOW = '2026-11-24T03:04:32Z';

let nonces = 0;

/** A minimal signer, for requests with one mistake. */
export function signAcs3(
  parameters: Readonly<Record<string, string>> = {},
  options: SignOptions = {},
): WireMessage {
  nonces += 1;
  const body = options.body ?? '';
  const method = options.method ?? 'POST';
  const headers: Record<string, string> = {
    host: options.host ?? 'tds.cn-shanghai.aliyuncs.com',
    'x-acs-action': options.action ?? 'DescribeImage',
    'x-acs-version': options.version ?? '2018-12-03',
    'x-acs-date': options.date ?? NOW,
    'x-acs-signature-nonce': options.nonce ?? `nonce-${nonces}`,
    'x-acs-content-sha256': sha256(body),
    ...(options.securityToken !== undefined && { 'x-acs-security-token': options.securityToken }),
    ...options.extraHeaders,
  };
  const query = canonical(parameters);
  const names = Object.keys(headers).sort();
  const canonicalRequest = [
    method,
    '/',
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const signature = createHmac('sha256', options.accessKeySecret ?? 'testsecret')
    .update(`ACS3-HMAC-SHA256\n${sha256(canonicalRequest)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${options.accessKeyId ?? 'testid'},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return {
    method,
    target: query === '' ? '/' : `/?${query}`,
    headers: [
      ...Object.entries(headers),
      ...Object.entries(options.unsignedHeaders ?? {}),
      ['Authorization', authorization],
    ],
    body,
  };
}

/** Signs with the older RPC scheme, in the query of a GET request. */
export function signRpc(
  parameters: Readonly<Record<string, string>> = {},
  options: SignOptions = {},
): WireMessage {
  nonces += 1;
  const all: Record<string, string> = {
    Action: options.action ?? 'DescribeImage',
    Version: options.version ?? '2018-12-03',
    AccessKeyId: options.accessKeyId ?? 'testid',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: options.nonce ?? `nonce-${nonces}`,
    Timestamp: options.date ?? NOW,
    ...(options.securityToken !== undefined && { SecurityToken: options.securityToken }),
    ...parameters,
  };
  const method = options.method ?? 'GET';
  const signature = createHmac('sha1', `${options.accessKeySecret ?? 'testsecret'}&`)
    .update(`${method}&%2F&${encode(canonical(all))}`)
    .digest('base64');
  return {
    method,
    target: `/?${canonical(all)}&Signature=${encode(signature)}`,
    headers: [
      ['host', options.host ?? 'tds.cn-shanghai.aliyuncs.com'],
      ...Object.entries(options.unsignedHeaders ?? {}),
    ],
  };
}

function canonical(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`)
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
