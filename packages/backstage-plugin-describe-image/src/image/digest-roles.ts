import type { ImageReport, Observation } from '@describe-image/backstage-plugin-describe-image-common';

/** The role of a digest. Card, tab and timeline use the same names. */
export type DigestRole = 'declared' | 'scanned' | 'live' | 'running';

/** The role of the digests that an operation returns. */
export const roleOfSource: Readonly<Record<Observation['source'], DigestRole>> = {
  DescribeImage: 'live',
  DescribeImageInstances: 'scanned',
};

/** A digest in one role. */
export interface RoleDigest {
  readonly role: DigestRole;
  readonly digest: string | undefined;
  /** When it was observed, or since when it runs. */
  readonly at?: string | undefined;
  /** Number of containers that run it. */
  readonly containers?: number;
}

/** The declared, scanned, live and running digests of an image. Several digests can run at the same time. */
export function digestsByRole({ declared, scanned, live, running }: ImageReport): RoleDigest[] {
  return [
    { role: 'declared', digest: declared },
    { role: 'scanned', digest: scanned?.digest, at: scanned?.observedAt },
    { role: 'live', digest: live?.digest, at: live?.observedAt },
    ...(running?.digests ?? []).map(({ digest, since, containers }) => ({
      role: 'running' as const,
      digest,
      at: since,
      containers,
    })),
  ];
}

/** The roles whose digests differ, each pair once. A scan of another digest than the running one is no drift. */
export function differingRoles(digests: readonly RoleDigest[]): [DigestRole, DigestRole][] {
  const known = digests.filter(({ digest }) => digest !== undefined);
  const pairs = known.flatMap((left, index) =>
    known
      .slice(index + 1)
      .filter((right) => right.digest !== left.digest && right.role !== left.role)
      .filter((right) => left.role !== 'scanned' || right.role !== 'running')
      .map((right): [DigestRole, DigestRole] => [left.role, right.role]),
  );
  return [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
}
