import { verifyImage } from '@describe-image/core/images';
import { readTarget } from '../image-fields.ts';
import { toJson } from '../to-json.ts';
import type { ImageOperation } from './image-operation.ts';

/** Whether a tag points to the digest that is expected. */
export const verify: ImageOperation = async (node, call, itemIndex) => {
  const target = readTarget(node, itemIndex);
  const expected = String(node.getNodeParameter('expectedDigest', itemIndex, '') ?? '').trim();
  const verification = await verifyImage(call, target, expected === '' ? undefined : expected);
  const { outcome } = verification;
  return [
    toJson({
      image: typeof target === 'string' ? target : `${target.imageRepoId}:${target.imageTag}`,
      outcome,
      matches: outcome === 'match',
      drifted: outcome === 'drift',
      missing: outcome === 'missing',
      expected: verification.expected,
      actual: verification.actual,
      source: verification.source,
      observedAt: verification.observedAt,
      requestId: verification.requestId,
    }),
  ];
};
