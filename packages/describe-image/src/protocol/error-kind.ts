/** The class of an error answer: the `code` of the error that it becomes. */
export type ErrorKind =
  | 'Throttling'
  | 'Signature'
  | 'ClockSkew'
  | 'Credentials'
  | 'Permission'
  | 'NotFound'
  | 'Validation'
  | 'Service';

/** The first matching rule decides. Documented codes are listed in `docs/errors.md`. */
const RULES: readonly (readonly [RegExp, ErrorKind])[] = [
  [/Throttling/, 'Throttling'],
  [/^(SignatureDoesNotMatch|SignatureNonceUsed|IncompleteSignature|InvalidSignature)/, 'Signature'],
  [/^(InvalidTimeStamp\.Expired|IllegalTimestamp)/i, 'ClockSkew'],
  [/^((Invalid|Missing)(AccessKey|SecurityToken)|.*AccessKeyDisabled)/, 'Credentials'],
  [/^(NoPermission|Forbidden)/, 'Permission'],
  // Wrong action, version or site: no change of the caller's parameters would help.
  [/^(Invalid(Api|Action|Product|Region|Version|Protocol)\b|NoSuchVersion|UnsupportedHTTPMethod)/, 'Service'],
  [/Not(Found|Exists?)\b/, 'NotFound'],
  [/^(Invalid|Missing|Illegal)/, 'Validation'],
];

/** The code decides, because the API answers throttling with HTTP 400 too. The status decides only for an unknown code. */
export function errorKind(
  apiCode: string | undefined,
  {
    status,
    retryAfterMs,
  }: { readonly status?: number | undefined; readonly retryAfterMs?: number | undefined },
): ErrorKind {
  const kind = RULES.find(([pattern]) => apiCode !== undefined && pattern.test(apiCode))?.[1];
  if (kind !== undefined && kind !== 'Validation') return kind;
  // A retry delay means throttling, whatever the code is.
  if (status === 429 || retryAfterMs !== undefined) return 'Throttling';
  if (kind !== undefined) return kind;
  if (apiCode === undefined) return 'Service';
  return status === 401 ? 'Credentials' : status === 403 ? 'Permission' : 'Service';
}
