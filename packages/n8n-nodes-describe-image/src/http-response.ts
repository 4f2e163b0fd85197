import type { HttpResponse } from '@describe-image/core/protocol';
import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** What n8n's helper returns, in the words of core. */
export function httpResponse({ statusCode, headers, body }: IN8nHttpFullResponse): HttpResponse {
  return {
    status: statusCode,
    header: (name) => {
      const value = headers[name];
      return value === undefined || value === null ? undefined : String(value);
    },
    body: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
  };
}
