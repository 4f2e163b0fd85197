import type { HttpResponse } from '../../protocol/request.ts';

/** Shorter ones are no secrets, and would strike out half of a text. */
const LEAST_LENGTH = 4;

/** Strikes out what was sent, plain or percent-encoded: services have been seen to repeat it. */
function strikeSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= LEAST_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((struck, secret) => struck.replaceAll(secret, '[redacted]'), text);
}

/** The same in a refusal, before anybody reads it. An answer that succeeded holds new secrets, and needs them. */
export function strikeRefusal(response: HttpResponse, secrets: readonly string[]): HttpResponse {
  if (response.status >= 200 && response.status < 300) return response;
  return { ...response, body: strikeSecrets(response.body, secrets) };
}
