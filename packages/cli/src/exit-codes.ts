/** Exit codes. Stable: scripts depend on them. */
export const EXIT = {
  found: 0,
  unexpected: 1,
  usage: 2,
  mismatch: 3,
  notFound: 4,
  denied: 5,
  throttled: 6,
  notAcceptable: 7,
  credentials: 8,
  network: 9,
  service: 10,
  ambiguous: 11,
  output: 12,
  aborted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The meaning of each code, for the help and the README. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  [EXIT.found]: 'success',
  [EXIT.unexpected]: 'unexpected error: please report it',
  [EXIT.usage]: 'invalid usage or invalid value',
  [EXIT.mismatch]: 'the digest is not the one in the reference',
  [EXIT.notFound]: 'image or digest not found',
  [EXIT.denied]: 'RAM denies the action',
  [EXIT.throttled]: 'throttled after all retries',
  [EXIT.notAcceptable]: 'the image does not meet --require-live, --require-scanned or --fail-on',
  [EXIT.credentials]: 'missing or invalid credentials, or a wrong clock',
  [EXIT.network]: 'network error or timeout',
  [EXIT.service]: 'service error',
  [EXIT.ambiguous]: 'several images match the reference',
  [EXIT.output]: 'the output cannot be written',
  [EXIT.aborted]: 'interrupted',
};
