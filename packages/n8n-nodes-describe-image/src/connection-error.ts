import { DescribeImageError, NetworkError, TimeoutError } from '@describe-image/core/protocol';

/** n8n wraps what went wrong on the way: here it gets its own name back. Anything else stays as it is. */
export function connectionError(action: string, error: unknown): unknown {
  if (DescribeImageError.isInstance(error)) return error;
  // What the credential threw: a refused role, an empty field.
  const cause = field(error, 'cause');
  if (DescribeImageError.isInstance(cause)) return cause;
  const code = [field(error, 'httpCode'), field(error, 'code'), field(cause, 'code')].find(isConnectionCode);
  if (code === undefined) return error;
  return code === 'ETIMEDOUT' || code === 'ECONNABORTED'
    ? new TimeoutError(`${action}: no answer in time (${code})`, { cause })
    : new NetworkError(`${action}: no connection (${code})`, { cause });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Node names faults of a connection E…, of a certificate …CERT… and of TLS ERR_…. */
function isConnectionCode(code: unknown): code is string {
  return (
    typeof code === 'string' && /^E[A-Z_]+$|CERT|SELF_SIGNED|UNABLE_TO/.test(code) && code !== 'ERR_CANCELED'
  );
}
