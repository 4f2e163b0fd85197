import {
  type Client,
  type DescribeImageInput,
  describeImageOperation,
  type Image,
  type Operation,
} from '@describe-image/core';
import {
  DescribeImageError,
  describeImageCriteriaOperation,
  describeImageInstancesOperation,
  describeImageRepoCriteriaOperation,
  describeImageVulListOperation,
} from '@describe-image/core/protocol';
import { EXIT } from '../exit-codes.ts';
import { type Check, type Finding, fail, failure, notTried, ok, skipped } from './finding.ts';

type Action = Pick<Operation<never, unknown>, 'action' | 'ramAction'>;

/** One page shows whether the inventory is empty, and contains ids to call DescribeImage with. */
const ROWS = 20;

const INVENTORY: Check = { check: 'inventory', title: 'inventory' };
const REQUIRED: readonly Action[] = [describeImageInstancesOperation, describeImageOperation];
const CRITERIA = [describeImageRepoCriteriaOperation, describeImageCriteriaOperation] as const;
const OPTIONAL: readonly Action[] = [describeImageVulListOperation, ...CRITERIA];

/** All actions that are tried. */
export const TRIED: readonly Action[] = [...REQUIRED, ...OPTIONAL];

/** Calls every operation once (all are reads), then checks the inventory that the first call returned. */
export async function* actionFindings(
  client: Client,
  signal: AbortSignal | undefined,
): AsyncGenerator<Finding, void, undefined> {
  const listing = await readInventory(client, signal);
  yield listing.finding;
  yield tryDescribeImage(client, listing, signal);
  const vulnerabilities = await attempt(checkOf(describeImageVulListOperation), () =>
    client.call(describeImageVulListOperation, { pageSize: 1 }, { signal }),
  );
  yield optional(vulnerabilities, 'the command vulns');
  for (const operation of CRITERIA) {
    const finding = await attempt(checkOf(operation), () => client.call(operation, {}, { signal }));
    yield optional(finding, 'listing search criteria');
  }
  yield inventoryFinding(listing);
}

/** The findings when no request can be sent or signed. */
export function actionsNotTried(blocker: Finding): readonly Finding[] {
  return [...TRIED.map(checkOf), INVENTORY].map((check) => notTried(check, blocker));
}

interface Listing {
  readonly finding: Finding;
  readonly images: readonly Image[];
  readonly totalCount: number | undefined;
}

async function readInventory(client: Client, signal: AbortSignal | undefined): Promise<Listing> {
  const check = checkOf(describeImageInstancesOperation);
  let images: readonly Image[] = [];
  let totalCount: number | undefined;
  const finding = await attempt(check, async () => {
    const answer = await client.call(
      describeImageInstancesOperation,
      { currentPage: 1, pageSize: ROWS },
      { signal },
    );
    ({ images, totalCount } = answer.output);
    return answer;
  });
  return { finding, images, totalCount };
}

async function tryDescribeImage(
  client: Client,
  listing: Listing,
  signal: AbortSignal | undefined,
): Promise<Finding> {
  const check = checkOf(describeImageOperation);
  if (listing.finding.state === 'fail')
    return skipped(
      check,
      'not tried: DescribeImage requires ids from the inventory, which could not be read',
      `Fix "${listing.finding.title}" first.`,
    );
  const ids = listing.images.map(idsOf).filter((candidate) => candidate !== undefined);
  const input = ids.find(({ imageInstanceId }) => imageInstanceId.startsWith('cri-')) ?? ids[0];
  if (input === undefined)
    return skipped(
      check,
      'not tried: no inventory row has the four ids that DescribeImage requires',
      'Call it with ids of your own: describe-image digest --region … --instance … --repo … --tag …',
    );
  return attempt(check, () => client.describeImage(input, { signal }));
}

function idsOf({ regionId, instanceId, repoId, tag }: Image): DescribeImageInput | undefined {
  if (!regionId || !instanceId || !repoId || !tag) return undefined;
  return { imageRegionId: regionId, imageInstanceId: instanceId, imageRepoId: repoId, imageTag: tag };
}

/** RAM is checked before the image is looked up, so a NotFound answer means that the action is allowed. */
async function attempt(
  check: Check,
  call: () => Promise<{ readonly requestId: string | undefined }>,
): Promise<Finding> {
  try {
    const { requestId } = await call();
    return ok(check, 'allowed', { allowed: true, requestId });
  } catch (error) {
    if (DescribeImageError.isInstance(error) && error.code === 'NotFound')
      return ok(check, 'allowed: the service answered that the image does not exist', {
        allowed: true,
        requestId: error.requestId,
      });
    const failed = failure(check, error);
    const denied = failed.exitCode === EXIT.denied;
    return {
      ...failed,
      detail: denied ? `denied: ${failed.detail}` : `unknown: ${failed.detail}`,
      facts: { allowed: denied ? false : undefined, ...failed.facts },
    };
  }
}

/** Most commands do not require these operations, so a failure is only a warning. */
function optional(finding: Finding, purpose: string): Finding {
  if (finding.state !== 'fail') return finding;
  return {
    ...finding,
    state: 'warn',
    exitCode: EXIT.found,
    detail: `${finding.detail}; required only for ${purpose}`,
  };
}

function inventoryFinding({ finding, images, totalCount = images.length }: Listing): Finding {
  if (finding.state === 'fail') return notTried(INVENTORY, finding);
  const facts = { totalCount };
  if (totalCount > 0) return ok(INVENTORY, `${totalCount} image${totalCount === 1 ? '' : 's'}`, facts);
  return fail(
    INVENTORY,
    EXIT.notFound,
    'empty, so no reference can be resolved. Usual causes: the edition of Security Center has no image scanning, the account belongs to the other site, or no image was synchronised yet',
    'Check in the Security Center console that image scanning is enabled, and synchronise the images. For an account of the international site, add --region ap-southeast-1.',
    facts,
  );
}

function checkOf({ action, ramAction }: Action): Check {
  return { check: `action.${action}`, title: ramAction };
}
