import {
  assessRisk,
  checkRisk,
  describeImage,
  digestStatus,
  findTags,
  listImages,
  pinReference,
  resolveImage,
  verifyImage,
} from '@describe-image/core/images';
import type { Call } from '@describe-image/core/protocol';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readImage } from './image-fields.ts';
import { readFilter } from './image-filter.ts';
import { repositoryOf, simpleImageJson, toJson } from './image-json.ts';
import { readDigestOptions } from './image-options.ts';

/** Runs one operation for the input item `itemIndex` and returns its output items. */
type ImageOperation = (
  node: IExecuteFunctions,
  call: Call,
  itemIndex: number,
) => Promise<readonly IDataObject[]>;

const getDigest: ImageOperation = async (node, call, itemIndex) => {
  const image = readImage(node, itemIndex);
  const simplify = readSimplify(node, itemIndex);
  const options = readDigestOptions(node, itemIndex);
  if (typeof image !== 'string') {
    // Only the inventory has scans. Both functions get the same answer of DescribeImage, because equal calls are shared.
    if (options.requireScanned) await checkRisk(call, image, options);
    const described = await describeImage(call, image);
    const { state, liveCheck } = digestStatus({ live: described });
    if (!simplify) return [toJson({ ...described, state, liveCheck })];
    const { digest, source, observedAt, requestId } = described;
    const {
      imageRegionId: regionId,
      imageInstanceId: instanceId,
      imageRepoId: repoId,
      imageTag: tag,
    } = image;
    return [
      toJson({
        digest,
        tag,
        regionId,
        instanceId,
        repoId,
        state,
        liveCheck,
        source,
        observedAt,
        requestId,
      }),
    ];
  }
  const resolved = await resolveImage(call, image, options);
  const pinned = pinReference(resolved, resolved.digest);
  if (!simplify) return [toJson({ ...resolved, pinned })];
  const { digest, state, liveCheck, source, sourcesAgree, observedAt, requestId } = resolved;
  return [
    toJson({
      reference: image,
      digest,
      pinned,
      repository: repositoryOf(resolved.image),
      tag: resolved.image.tag,
      state,
      liveCheck,
      source,
      sourcesAgree,
      observedAt,
      requestId,
    }),
  ];
};

const getMany: ImageOperation = async (node, call, itemIndex) => {
  const filter = readFilter(node.getNodeParameter('filters', itemIndex, {}));
  const simplify = readSimplify(node, itemIndex);
  const returnAll = node.getNodeParameter('returnAll', itemIndex, false) === true;
  const limit = returnAll ? undefined : Number(node.getNodeParameter('limit', itemIndex, 50));
  const newestFirst = node.getNodeParameter('newestFirst', itemIndex, true) === true;
  const { images } = await listImages(call, filter, { limit, newestFirst }).all();
  return images.map((image) =>
    simplify ? simpleImageJson(image) : toJson({ ...image, risk: assessRisk(image) }),
  );
};

const getRisk: ImageOperation = async (node, call, itemIndex) => {
  const checked = await checkRisk(call, readImage(node, itemIndex), readDigestOptions(node, itemIndex));
  const clean = checked.state === 'clean';
  if (!readSimplify(node, itemIndex)) return [toJson({ ...checked, clean })];
  const { state, reason, vulnerabilities, alerts, baselineRisks, lastScanTime } = checked;
  const { digest, digestState, liveCheck, scannedDigest, requestId } = checked;
  return [
    toJson({
      state,
      clean,
      reason,
      vulnerabilities,
      alerts,
      baselineRisks,
      lastScanTime,
      digest,
      digestState,
      liveCheck,
      scannedDigest,
      requestId,
    }),
  ];
};

const findTagsByDigest: ImageOperation = async (node, call, itemIndex) => {
  const digest = String(node.getNodeParameter('digest', itemIndex, '')).trim();
  const filter = { ...readFilter(node.getNodeParameter('filters', itemIndex, {})), digest: undefined };
  const found = await findTags(call, digest, { filter });
  const { tags, searchedBy, inventoryChanged, observedAt, images } = found;
  return [
    toJson({
      digest: found.digest,
      found: images.length > 0,
      tags,
      images: images.map(simpleImageJson),
      searchedBy,
      inventoryChanged,
      observedAt,
    }),
  ];
};

const verify: ImageOperation = async (node, call, itemIndex) => {
  const image = readImage(node, itemIndex);
  const expectedDigest = String(node.getNodeParameter('expectedDigest', itemIndex, '') ?? '').trim();
  const verification = await verifyImage(
    call,
    image,
    expectedDigest === '' ? undefined : expectedDigest,
    readDigestOptions(node, itemIndex),
  );
  const { outcome, expected, actual, state, liveCheck, scanned, lastKnown } = verification;
  const { source, observedAt, requestId } = verification;
  return [
    toJson({
      image: typeof image === 'string' ? image : `${image.imageRepoId}:${image.imageTag}`,
      outcome,
      matches: outcome === 'match',
      drifted: outcome === 'drift',
      missing: outcome === 'missing',
      expected,
      actual,
      state,
      liveCheck,
      scanned,
      lastKnown,
      source,
      observedAt,
      requestId,
    }),
  ];
};

/** The operations by the value of the parameter `operation`. */
export const IMAGE_OPERATIONS: ReadonlyMap<unknown, ImageOperation> = new Map([
  ['findTags', findTagsByDigest],
  ['get', getDigest],
  ['getAll', getMany],
  ['getRisk', getRisk],
  ['verify', verify],
]);

function readSimplify(node: IExecuteFunctions, itemIndex: number): boolean {
  return node.getNodeParameter('simplify', itemIndex, true) === true;
}
