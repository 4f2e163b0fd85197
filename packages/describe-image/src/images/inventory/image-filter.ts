import type { Criterion, CriterionName } from '../../operations/describe-image-instances.ts';
import { requireDigest } from '../../operations/image-digest.ts';

/** Which images to list. All conditions must match; the service matches some of them fuzzily. @public */
export interface ImageFilter {
  readonly regionId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly repoId?: string | undefined;
  readonly repoName?: string | undefined;
  readonly repoNamespace?: string | undefined;
  readonly tag?: string | undefined;
  /** With or without `sha256:`. This criterion is documented for another operation of the product only. */
  readonly digest?: string | undefined;
  /** `acr`, `harbor`, `quay` or `CI/CD`. */
  readonly registryType?: string | undefined;
  /** Any risk: `YES` or `NO`. */
  readonly riskStatus?: string | undefined;
  /** Vulnerabilities: `YES` or `NO`. */
  readonly vulStatus?: string | undefined;
  /** Alerts: `YES` or `NO`. */
  readonly alarmStatus?: string | undefined;
  /** Baseline risks: `YES` or `NO`. */
  readonly hcStatus?: string | undefined;
  readonly imageId?: string | undefined;
  /** `true` for scanned images, `false` for images that were never scanned. */
  readonly scanned?: boolean | undefined;
  /** Further conditions by the service's own names. */
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

/** @throws ValidationError for a digest that is not 64 hex digits. */
export function criteriaOf(filter: ImageFilter): readonly Criterion[] {
  const criteria: Criterion[] = [];
  for (const name of NAMES) {
    const value = filter[name];
    if (value !== undefined) criteria.push({ name, value });
  }
  if (filter.digest !== undefined) {
    const digest = requireDigest('digest', filter.digest);
    criteria.push({ name: 'digest', value: digest.slice('sha256:'.length) });
  }
  // Copied, because the caller may change the objects between two pages.
  return [...criteria, ...(filter.criteria ?? []).map((criterion) => ({ ...criterion }))];
}
