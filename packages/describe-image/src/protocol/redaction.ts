import { DescribeImageError } from '../errors/errors.ts';

const REDACTED = '[redacted]';

const SECRET_HEADERS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'authorization',
  'x-acs-security-token',
  'x-acs-bearer-token',
  'x-acs-accesskey-id',
  'proxy-authorization',
]);

/** For logs and hooks. Returns a copy: the request that is sent must keep its secrets. @public */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.has(name) ? REDACTED : value]),
  );
}

// Parameters and headers as they stand in queries, canonical requests and the encoded strings to sign of the older scheme.
const SECRET_IN_TEXT =
  /((?:x-acs-security-token|x-acs-bearer-token|x-acs-accesskey-id)\s*:\s*|(?:AccessKeyId|SecurityToken|Signature|Credential)(?:=|%3D))[^\s&,;"\]]*/gi;

/** Removes keys, tokens and signatures by their names, for texts whose secrets are not known. @public */
export function redactText(text: string): string {
  // An encoded `&` ends a value as well.
  return text
    .split('%26')
    .map((part) => part.replace(SECRET_IN_TEXT, `$1${REDACTED}`))
    .join('%26');
}

/** An AccessKey id as people recognize it: the first four and the last four characters. @public */
export function maskAccessKeyId(accessKeyId: string): string {
  return accessKeyId.length < 12 ? '***' : `${accessKeyId.slice(0, 4)}***${accessKeyId.slice(-4)}`;
}

/** Replaces secrets in a text. @public */
export type Redactor = (text: string) => string;

const MIN_LENGTH = 4;
/** The base64 of a shorter value is so short that it matches by chance. */
const MIN_LENGTH_IN_BASE64 = 8;

/**
 * Creates a function that replaces these values in any form: plain, percent-encoded, escaped as in JSON or HTML, in hex, or within base64.
 * Values of less than four characters are ignored, since they would match ordinary text.
 *
 * @example
 * ```ts
 * import { createRedactor } from '@describe-image/core/protocol';
 *
 * const redact = createRedactor(['ExampleSecretNeverShown']);
 * console.log(redact('signed with ExampleSecretNeverShown')); // signed with [redacted]
 * ```
 *
 * @public
 */
export function createRedactor(secrets: readonly (string | undefined)[]): Redactor {
  const values = secrets
    .filter((secret) => secret !== undefined)
    .filter(({ length }) => length >= MIN_LENGTH);
  if (values.length === 0) return (text) => text;
  let pattern: RegExp | undefined;
  return (text) => {
    pattern ??= new RegExp(values.flatMap(formsOf).map(inAnyEncoding).join('|'), 'gi');
    return text.replace(pattern, REDACTED);
  };
}

function formsOf(secret: string): string[] {
  const hex = [...new TextEncoder().encode(secret)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return [secret, hex, ...(secret.length < MIN_LENGTH_IN_BASE64 ? [] : withinBase64(secret))];
}

/** The part of its base64 that does not depend on the bytes before and after it, for each of the three alignments. */
function withinBase64(secret: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = btoa('\0'.repeat(offset) + secret);
    return encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + secret.length) * 4) / 3));
  });
}

/** Letters and digits are the same in every encoding; other characters are not. */
function inAnyEncoding(secret: string): string {
  return secret.replace(/[^a-z\d]/gi, (character) => {
    const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
    // The variants of base64 for addresses, and a plus sign that was decoded as in forms.
    const other = { '+': ' -', '/': '_' }[character] ?? '';
    return `(?:\\\\?[\\u00${hex}${other}]|%(?:25)*${hex}|\\\\u00${hex}|&#(?:x0*${hex}|0*${character.charCodeAt(0)});)`;
  });
}

/** Redacts every text of a plain value: objects and lists are copied. */
export function redactedCopy<Value>(value: Value, redact: Redactor): Value {
  const copy = (part: unknown): unknown => {
    if (typeof part === 'string') return redact(part);
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== 'object' || part === null || Object.getPrototypeOf(part) !== Object.prototype)
      return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, copy(member)]));
  };
  return copy(value) as Value; // the same shape, only its texts differ
}

const MAX_CAUSES = 5;

/**
 * Redacts all texts of an error of this package and of its causes, in place. Of any other error, only message and stack are changed. The
 * reason of an abort is the caller's and is not changed.
 *
 * @public
 */
export function redactError(error: unknown, redact: Redactor): void {
  let part = error;
  for (let depth = 0; depth < MAX_CAUSES && part instanceof Error; depth++) {
    const message = redact(part.message);
    if (message !== part.message) {
      part.stack = redact(part.stack ?? '');
      part.message = message;
    }
    if (DescribeImageError.isInstance(part))
      for (const [name, value] of Object.entries(part)) Reflect.set(part, name, redactedCopy(value, redact));
    if (DescribeImageError.isInstance(part) && part.code === 'Abort') return;
    part = part.cause;
  }
}

/** Characters that occur in keys and tokens, with `/`, `-` and `.`, so that a token is replaced as a whole. */
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

/** A code, a name or an id: a single word that does not look like a key. `undefined` for any other value, which may hold a secret. */
export function plainWord(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) && withoutKeys(value) === value
    ? value
    : undefined;
}

/** The code of an error of the system or of a program, for example `ENOENT` or `3`. */
export function faultCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? String(error.code) : plainWord(error.code);
}

/**
 * A copy of an error of unknown origin with its name and its code. The message may quote a file of keys, a command line or the output of
 * a program, so it is kept only for errors of system calls, which name files and hosts.
 */
export function foreignErrorCopy(error: Error): Error & { readonly code: string | undefined } {
  const name = plainWord(error.name) ?? 'Error';
  const code = faultCode(error);
  const isOfSystem = code !== undefined && 'syscall' in error && /^[a-z_]+$/.test(String(error.syscall));
  const copy = new Error(isOfSystem ? withoutKeys(error.message) : (code ?? name));
  return Object.assign(copy, { name, code, stack: `${name}: ${copy.message}` });
}
