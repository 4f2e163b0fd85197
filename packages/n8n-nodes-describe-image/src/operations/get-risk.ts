import { checkRisk } from '@describe-image/core/images';
import { readTarget } from '../image-fields.ts';
import { toJson } from '../to-json.ts';
import type { ImageOperation } from './image-operation.ts';

/** What is known of an image's safety. Only `clean` is clean. */
export const getRisk: ImageOperation = async (node, call, itemIndex) => {
  const checked = await checkRisk(call, readTarget(node, itemIndex));
  if (node.getNodeParameter('simplify', itemIndex, true) !== true)
    return [toJson({ ...checked, clean: checked.state === 'clean' })];
  const {
    state,
    reason,
    vulnerabilities,
    alerts,
    baselineRisks,
    lastScanTime,
    digest,
    scannedDigest,
    requestId,
  } = checked;
  return [
    toJson({
      state,
      clean: state === 'clean',
      reason,
      vulnerabilities,
      alerts,
      baselineRisks,
      lastScanTime,
      digest,
      scannedDigest,
      requestId,
    }),
  ];
};
