// Regions by the first part of their ids. Names are the vendor's.
const CHINA =
  'qingdao beijing zhangjiakou huhehaote wulanchabu hangzhou shanghai nanjing fuzhou shenzhen heyuan guangzhou chengdu hongkong beijing-finance-1 hangzhou-finance shanghai-finance-1 shenzhen-finance-1 heyuan-acdr-1 north-2-gov-1 qingdao-acdr-ut-1 shanghai-mybk wuhan-lr zhengzhou-jva';
const CHINA_WITHOUT_VPC = /qingdao|nanjing|fuzhou|finance|gov|mybk|lr$|jva/;
const INTERNATIONAL =
  'ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1 ap-northeast-2 ap-south-1 us-east-1 us-west-1 eu-central-1 eu-west-1 me-east-1 me-central-1';
const INTERNATIONAL_WITHOUT_VPC = /^me|ap-south-1/;

/**
 * Whether the vendor's endpoint table names the region.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-endpoint | Endpoints of Security Center}
 */
export function isDocumentedRegion(region: string): boolean {
  const regions = region.startsWith('cn-') ? CHINA : INTERNATIONAL;
  return regions.split(' ').includes(region.replace('cn-', ''));
}

/** The endpoint that is reachable inside a region's VPCs only, where one is documented. */
export function vpcHost(region: string): string | undefined {
  if (!isDocumentedRegion(region)) return undefined;
  if (region === 'ap-southeast-2') return 'tds-vpc.ap-southeast-2.aliyuncs.com';
  if (region.startsWith('cn-'))
    return CHINA_WITHOUT_VPC.test(region) ? undefined : 'tds.vpc-proxy.aliyuncs.com';
  return INTERNATIONAL_WITHOUT_VPC.test(region) ? undefined : 'tds-intl.vpc-proxy.aliyuncs.com';
}
