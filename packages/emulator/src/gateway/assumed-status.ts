import type { Assumptions } from '../assumptions.ts';

type StatusAssumption = {
  [Name in keyof Assumptions]: Name extends `${string}Status` ? Name : never;
}[keyof Assumptions];

const ASSUMED: readonly (readonly [code: RegExp, assumption: StatusAssumption])[] = [
  [/^SignatureDoesNotMatch$/, 'signatureMismatchStatus'],
  [/^InvalidAccessKeyId\.NotFound$/, 'unknownKeyStatus'],
  [/^(?:Missing|Invalid)SecurityToken\b/, 'securityTokenStatus'],
  [/^(?:NoSuchVersion|InvalidVersion)$/, 'unknownVersionStatus'],
  [/^UnsupportedHTTPMethod$/, 'unsupportedMethodStatus'],
  [/^Throttling\b/, 'throttlingStatus'],
];

/** The HTTP status of a code whose status is assumed rather than documented; `undefined` for all others. */
export function assumedStatus(code: string, assumptions: Assumptions): number | undefined {
  const assumption = ASSUMED.find(([pattern]) => pattern.test(code))?.[1];
  return assumption === undefined ? undefined : Number(assumptions[assumption]);
}
