import {
  checkRisk,
  describeImage,
  digestStatus,
  type NamedRow,
  parseImageReference,
  pinReference,
  type ResolvedImage,
  resolveImage,
  verifyImage,
} from '@describe-image/core/images';
import type { DescribeImageInput } from '@describe-image/core/protocol';
import type { IDataObject } from 'n8n-workflow';
import type { Judged } from '../gate/gate.ts';
import { readImage } from './image-fields.ts';
import { repositoryOf, toJson } from './image-json.ts';
import { type ImageOperation, type ImageResult, type ItemContext, readSimplify } from './image-operation.ts';

type Target = string | DescribeImageInput;

/** Gets the digest of an image. */
export const getDigest: ImageOperation = async (item) => {
  const image = readImage(item.node, item.itemIndex);
  return [typeof image === 'string' ? await resolveReference(item, image) : await describeByIds(item, image)];
};

async function resolveReference(item: ItemContext, reference: string): Promise<ImageResult> {
  const resolved = await resolveImage(item.call, reference, item.options);
  const { digest, state, liveCheck, source, sourcesAgree, observedAt, requestId, image } = resolved;
  const pinned = pinReference(resolved, digest);
  const json = readSimplify(item)
    ? {
        reference,
        digest,
        pinned,
        repository: repositoryOf(image),
        tag: image.tag,
        state,
        liveCheck,
        source,
        sourcesAgree,
        observedAt,
        requestId,
      }
    : { ...resolved, pinned };
  return {
    lead: toJson({ pinned, digest, state }),
    json: toJson(json),
    judged: { status: resolved, mismatch: disagreement(resolved), risk: riskOf(item, reference) },
  };
}

function disagreement({ sourcesAgree, sources }: ResolvedImage): string | undefined {
  if (sourcesAgree !== false) return undefined;
  return `the sources have different digests: ${sources.map(({ source, digest }) => `${source} ${digest}`).join(', ')}`;
}

async function describeByIds(item: ItemContext, ids: DescribeImageInput): Promise<ImageResult> {
  const { call, options } = item;
  // Only the inventory has scans. Both functions get the same answer of DescribeImage, because equal calls are shared.
  const row = options.requireScanned ? (await checkRisk(call, ids, options)).image : undefined;
  const described = await describeImage(call, ids);
  const { digest, source, observedAt, requestId } = described;
  const { state, liveCheck } = digestStatus({ live: described });
  const json = readSimplify(item)
    ? {
        digest,
        tag: ids.imageTag,
        regionId: ids.imageRegionId,
        instanceId: ids.imageInstanceId,
        repoId: ids.imageRepoId,
        state,
        liveCheck,
        source,
        observedAt,
        requestId,
      }
    : { ...described, state, liveCheck };
  return {
    lead: toJson({ pinned: pin(ids, digest, row), digest, state }),
    json: toJson(json),
    judged: { status: { digest, state, liveCheck }, risk: riskOf(item, ids) },
  };
}

/** Gets the risk of an image. */
export const getRisk: ImageOperation = async (item) => {
  const target = readImage(item.node, item.itemIndex);
  const checked = await checkRisk(item.call, target, item.options);
  const { state, reason, vulnerabilities, alerts, baselineRisks, lastScanTime } = checked;
  const { digest, digestState, liveCheck, scannedDigest, requestId, image } = checked;
  const clean = state === 'clean';
  const json = readSimplify(item)
    ? {
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
      }
    : { ...checked, clean };
  return [
    {
      lead: toJson({ pinned: pin(target, digest, image), digest, state }),
      json: toJson(json),
      judged: { status: { digest, state: digestState, liveCheck }, risk: async () => checked },
    },
  ];
};

/** Compares the digest of a tag with the expected one. */
export const verify: ImageOperation = async (item) => {
  const { node, call, itemIndex, options } = item;
  const target = readImage(node, itemIndex);
  const text = String(node.getNodeParameter('expectedDigest', itemIndex, '') ?? '').trim();
  const verification = await verifyImage(call, target, text === '' ? undefined : text, options);
  const { outcome, expected, actual, state, liveCheck, scanned, lastKnown } = verification;
  const { source, observedAt, requestId, image } = verification;
  return [
    {
      lead: toJson({ pinned: pin(target, actual, image), digest: actual, state }),
      json: toJson({
        image: nameOf(target),
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
      judged: {
        status: { digest: actual, state, liveCheck },
        mismatch: outcome === 'match' ? undefined : `the tag has ${actual ?? 'no digest'}, not ${expected}`,
        risk: riskOf(item, target),
      },
    },
  ];
};

/** The image in messages. */
export function nameOf(target: Target): string {
  return typeof target === 'string' ? target : `${target.imageRepoId}:${target.imageTag}`;
}

/** Asks for the risk later, without further requests to DescribeImage, because equal calls are shared. */
function riskOf({ call, options }: ItemContext, target: Target): Judged['risk'] {
  return () => checkRisk(call, target, options);
}

/** The pinned reference. Only the inventory has the name of a repository that is given by IDs. */
function pin(
  target: Target,
  digest: ResolvedImage['digest'] | undefined,
  image: NamedRow | undefined,
): string | undefined {
  if (digest === undefined) return undefined;
  const reference = typeof target === 'string' ? parseImageReference(target) : undefined;
  return pinReference({ reference, image }, digest);
}

/** The leading fields of an image without a digest. */
export function unknownLead(state: string): IDataObject {
  return { pinned: null, digest: null, state };
}
