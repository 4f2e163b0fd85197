import { ValidationError } from '../errors/errors.ts';
import type { Criterion, CriterionName } from '../operations/describe-image-instances.ts';
import { normalizeDigest } from '../operations/image-digest.ts';

/** Which images to list. All conditions must hold; the service matches them, some of them fuzzily. @public */
export interface ImageFilter {
  readonly regionId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly repoId?: string | undefined;
  readonly repoName?: string | undefined;
  readonly repoNamespace?: string | undefined;
  readonly tag?: string | undefined;
  /** With or without `sha256:`. That this criterion is accepted is documented for a sibling operation only. */
  readonly digest?: string | undefined;
  readonly registryType?: string | undefined;
  /** `YES` or `NO`. */
  readonly riskStatus?: string | undefined;
  readonly vulStatus?: string | undefined;
  readonly alarmStatus?: string | undefined;
  readonly hcStatus?: string | undefined;
  readonly imageId?: string | undefined;
  /** `true` for images already scanned, `false` for those not yet. */
  readonly scanned?: boolean | undefined;
  /** Further conditions in the service's own terms. */
  readonly criteria?: readonly Criterion[] | undefined;
}

const NAMES = [
  'regionId',
  'instanceId',
  'repoId',
  'repoName',
  'repoNamespace',
  'tag',
  'registryType',
  'riskStatus',
  'vulStatus',
  'alarmStatus',
  'hcStatus',
  'imageId',
] as const satisfies readonly (CriterionName & keyof ImageFilter)[];

/** @throws {@link ValidationError} for a digest that is not 64 hex digits. */
export function criteriaOf(filter: ImageFilter): readonly Criterion[] {
  const criteria: Criterion[] = [];
  for (const name of NAMES) {
    const value = filter[name];
    if (value !== undefined) criteria.push({ name, value });
  }
  if (filter.digest !== undefined) {
    const digest = normalizeDigest(filter.digest);
    if (digest === undefined)
      throw new ValidationError('digest: wanted 64 hex digits, with or without sha256: before them');
    criteria.push({ name: 'digest', value: digest.slice('sha256:'.length) });
  }
  return [...criteria, ...(filter.criteria ?? [])];
}
