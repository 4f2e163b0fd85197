/** What the process ends with, by meaning. Stable: scripts branch on them. */
export const EXIT = {
  found: 0,
  unexpected: 1,
  usage: 2,
  drift: 3,
  notFound: 4,
  denied: 5,
  throttled: 6,
  unscanned: 7,
  credentials: 8,
  network: 9,
  service: 10,
  ambiguous: 11,
  aborted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One line each, for the help text and the README. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  [EXIT.found]: 'found, or done',
  [EXIT.unexpected]: 'unexpected: a bug, please report it',
  [EXIT.usage]: 'wrong usage, or a value that was refused',
  [EXIT.drift]: 'reserved: a digest is not the one expected',
  [EXIT.notFound]: 'no such image, or no digest of it',
  [EXIT.denied]: 'RAM does not allow the action',
  [EXIT.throttled]: 'throttled, and still so after every retry',
  [EXIT.unscanned]: 'reserved: the image is not scanned',
  [EXIT.credentials]: 'no keys, wrong keys, or a wrong clock',
  [EXIT.network]: 'no answer: network or timeout',
  [EXIT.service]: 'the service failed',
  [EXIT.ambiguous]: 'several images fit the reference',
  [EXIT.aborted]: 'interrupted',
};
