const CHINA = `cn-qingdao cn-beijing cn-zhangjiakou cn-huhehaote cn-wulanchabu cn-hangzhou cn-shanghai cn-nanjing cn-fuzhou
cn-shenzhen cn-heyuan cn-guangzhou cn-chengdu cn-hongkong cn-beijing-finance-1 cn-hangzhou-finance cn-shanghai-finance-1
cn-shenzhen-finance-1 cn-heyuan-acdr-1 cn-north-2-gov-1 cn-qingdao-acdr-ut-1 cn-shanghai-mybk cn-wuhan-lr cn-zhengzhou-jva`;

const INTERNATIONAL = `ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1
ap-northeast-2 ap-south-1 us-east-1 us-west-1 eu-central-1 eu-west-1 me-east-1 me-central-1`;

const VPC_CHINA = `cn-beijing cn-zhangjiakou cn-huhehaote cn-wulanchabu cn-hangzhou cn-shanghai cn-shenzhen cn-heyuan cn-guangzhou
cn-chengdu cn-hongkong cn-heyuan-acdr-1`;

const VPC_INTERNATIONAL = `ap-southeast-1 ap-southeast-3 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1 ap-northeast-2
us-east-1 us-west-1 eu-west-1 eu-central-1`;

/**
 * Whether the vendor's endpoint table names the region.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-endpoint | Endpoints of Security Center}
 */
export function isDocumentedRegion(region: string): boolean {
  return lists(CHINA, region) || lists(INTERNATIONAL, region);
}

/** The endpoint that is reachable inside a region's VPCs only, where one is documented. */
export function vpcHost(region: string): string | undefined {
  if (lists(VPC_CHINA, region)) return 'tds.vpc-proxy.aliyuncs.com';
  if (lists(VPC_INTERNATIONAL, region)) return 'tds-intl.vpc-proxy.aliyuncs.com';
  return region === 'ap-southeast-2' ? 'tds-vpc.ap-southeast-2.aliyuncs.com' : undefined;
}

function lists(regions: string, region: string): boolean {
  return regions.split(/\s/).includes(region);
}
