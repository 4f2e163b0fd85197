// The vendor's regions. Those of China are without their prefix "cn-".
const CHINA =
  'qingdao beijing zhangjiakou huhehaote wulanchabu hangzhou shanghai nanjing fuzhou shenzhen heyuan guangzhou chengdu hongkong beijing-finance-1 hangzhou-finance shanghai-finance-1 shenzhen-finance-1 heyuan-acdr-1 north-2-gov-1 qingdao-acdr-ut-1 shanghai-mybk wuhan-lr zhengzhou-jva';
const CHINA_WITHOUT_VPC = /qingdao|nanjing|fuzhou|finance|gov|mybk|lr$|jva/;
const INTERNATIONAL =
  'ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1 ap-northeast-2 ap-south-1 us-east-1 us-west-1 eu-central-1 eu-west-1 me-east-1 me-central-1';
const INTERNATIONAL_WITHOUT_VPC = /^me|ap-south-1/;

/**
 * Whether the vendor's endpoint table contains the region.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-endpoint | Endpoints of Security Center}
 */
export function isDocumentedRegion(region: string): boolean {
  const regions = region.startsWith('cn-') ? CHINA : INTERNATIONAL;
  return regions.split(' ').includes(region.replace('cn-', ''));
}

/** What is known about a region id. @public */
export interface RegionCheck {
  /** `invalid`: not the shape of a region id. `undocumented`: a region that is new, or misspelled. */
  readonly status: 'documented' | 'undocumented' | 'invalid';
  /** The documented region with the most similar name. */
  readonly nearest: string;
}

/**
 * Compares a region id with the vendor's endpoint table, for suggestions.
 *
 * @example
 * ```ts
 * import { checkRegion } from '@describe-image/core/protocol';
 *
 * const { status, nearest } = checkRegion('cn-hangzou');
 * console.log(status, nearest); // undocumented cn-hangzhou
 * ```
 *
 * @public
 */
export function checkRegion(region: string): RegionCheck {
  const known = isDocumentedRegion(region) ? 'documented' : 'undocumented';
  return { status: isRegionId(region) ? known : 'invalid', nearest: nearestRegion(region) };
}

/** The shape of all region ids: `cn-` and a city, or an area, a direction and a number. */
export function isRegionId(region: string): boolean {
  return /^(?:cn-[a-z]+|[a-z]{2,3}-[a-z]+-\d+)(?:-[a-z0-9]+)*$/.test(region);
}

/** The documented region with the fewest different letters; cities may lack `cn-`. */
export function nearestRegion(text: string): string {
  const city = text.toLowerCase().replace(/^cn[^a-z]*/, '');
  const candidates = [
    ...CHINA.split(' ').map((name) => ({ region: `cn-${name}`, distance: editDistance(city, name) })),
    ...INTERNATIONAL.split(' ').map((region) => ({ region, distance: editDistance(city, region) })),
  ];
  return candidates.reduce((best, next) => (next.distance < best.distance ? next : best)).region;
}

/** Insertions, deletions and replacements between two texts (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((row[j] ?? 0) + (a[i] === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The endpoint that is reachable only inside the VPCs of a region, if the vendor documents one. */
export function vpcHost(region: string): string | undefined {
  if (!isDocumentedRegion(region)) return undefined;
  if (region === 'ap-southeast-2') return 'tds-vpc.ap-southeast-2.aliyuncs.com';
  if (region.startsWith('cn-'))
    return CHINA_WITHOUT_VPC.test(region) ? undefined : 'tds.vpc-proxy.aliyuncs.com';
  return INTERNATIONAL_WITHOUT_VPC.test(region) ? undefined : 'tds-intl.vpc-proxy.aliyuncs.com';
}
