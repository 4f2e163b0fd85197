import type { HttpResponse } from '../protocol/request.ts';

/** Shorter values are no secrets, and replacing them would make a text unreadable. */
const LEAST_LENGTH = 4;

/** Replaces the given secrets, plain or percent-encoded: services repeat what they were sent. */
function redactValues(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= LEAST_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((redacted, secret) => redacted.replaceAll(secret, '[redacted]'), text);
}

/** A copy of an answer without the secrets that were sent for it. */
export function redactAnswer(response: HttpResponse, secrets: readonly string[]): HttpResponse {
  return {
    status: response.status,
    body: redactValues(response.body, secrets),
    header(name) {
      const value = response.header(name);
      return value === undefined ? undefined : redactValues(value, secrets);
    },
  };
}

/** A run of characters that occur in keys and tokens, `/`, `-` and `.` included: a token is replaced as a whole. */
const WORD = /[\w+=/.-]{20,}/g;
/** As long as the vendor's shortest secret. */
const KEY = /[A-Za-z0-9+=_]{20,}/g;

/**
 * Replaces what looks like a key: long, with small and capital letters and digits. A key on the wrong line of a file is taken for
 * the name of a profile, a region or a path, which messages repeat.
 */
export function withoutKeys(text: string): string {
  return text.replace(WORD, (word) =>
    word.match(KEY)?.some(isMixed) ? '[not shown: looks like a key]' : word,
  );
}

function isMixed(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
}
