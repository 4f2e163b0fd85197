import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';

export type DigestRole = 'declared' | 'scanned' | 'live';

/** Who says what the image is, of those who say anything. */
export function digestsByRole(image: ImageReport): { role: DigestRole; digest: string }[] {
  const digests: [DigestRole, string | undefined][] = [
    ['declared', image.declared],
    ['scanned', image.scanned?.digest],
    ['live', image.live?.digest],
  ];
  return digests.flatMap(([role, digest]) => (digest === undefined ? [] : [{ role, digest }]));
}

/** Which of declared, scanned and live say different things. */
export function differingPairs(image: ImageReport): [DigestRole, DigestRole][] {
  const said = digestsByRole(image);
  return said.flatMap((left, index) =>
    said
      .slice(index + 1)
      .filter((right) => right.digest !== left.digest)
      .map((right): [DigestRole, DigestRole] => [left.role, right.role]),
  );
}
