/** The names of all operations that fault rules and rate limits can name. A test compares it with what is implemented. */
export const OPERATION_NAMES = [
  'DescribeImage',
  'DescribeImageInstances',
  'DescribeImageVulList',
  'DescribeImageRepoCriteria',
  'DescribeImageCriteria',
  'DescribeImageStatistics',
  'AssumeRole',
  'AssumeRoleWithOIDC',
  'GetCallerIdentity',
  'GetMetadataToken',
  'ListMetadataRoles',
  'GetMetadataCredentials',
  'GetUriCredentials',
] as const;
