import type { Image } from '../operations/image.ts';
import type { ImageDigest } from '../operations/image-digest.ts';
import { assessRisk, type RiskAssessment } from './assess-risk.ts';

/**
 * A row's risk, held against what the tag points to now: a verdict about a digest that the tag has left is `stale`.
 *
 * @param digest - Absent where nobody says what the tag points to.
 * @public
 */
export function assessRiskOfDigest(image: Image, digest: ImageDigest | undefined): RiskAssessment {
  const assessment = assessRisk(image);
  const isVerdict = assessment.state === 'clean' || assessment.state === 'risky';
  if (!isVerdict || digest === undefined || digest === image.digest) return assessment;
  const reason =
    image.digest === undefined
      ? 'the inventory does not say which digest was scanned'
      : 'the tag points to another digest than the one that was scanned';
  return { ...assessment, state: 'stale', reason };
}
