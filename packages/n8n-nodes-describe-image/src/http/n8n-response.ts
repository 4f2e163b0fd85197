import {
  DescribeImageError,
  type HttpResponse,
  NetworkError,
  TimeoutError,
} from '@describe-image/core/protocol';
import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** Converts the response of n8n's HTTP helper to core's type. */
export function toHttpResponse({ statusCode, headers, body }: IN8nHttpFullResponse): HttpResponse {
  return {
    status: statusCode,
    header: (name) => {
      const value = headers[name];
      return value === undefined || value === null ? undefined : String(value);
    },
    body: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
  };
}

/** Converts an error of n8n's HTTP helper to core's network and timeout errors. Returns any other error unchanged. */
export function toCoreError(action: string, error: unknown): unknown {
  if (DescribeImageError.isInstance(error)) return error;
  // n8n wraps errors thrown by the credential, such as a rejected role or an empty field.
  const cause = field(error, 'cause');
  if (DescribeImageError.isInstance(cause)) return cause;
  const code = [field(error, 'httpCode'), field(error, 'code'), field(cause, 'code')].find(isConnectionCode);
  if (code === undefined) return error;
  return code === 'ETIMEDOUT' || code === 'ECONNABORTED'
    ? new TimeoutError(`${action}: no response in time (${code})`, { cause })
    : new NetworkError(`${action}: no connection (${code})`, { cause });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Node's error codes: E… for connections, …CERT… for certificates, ERR_… for TLS. */
function isConnectionCode(code: unknown): code is string {
  return (
    typeof code === 'string' && /^E[A-Z_]+$|CERT|SELF_SIGNED|UNABLE_TO/.test(code) && code !== 'ERR_CANCELED'
  );
}
