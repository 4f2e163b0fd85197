/**
 * The image operations of Security Center.
 *
 * @packageDocumentation
 */
export {
  type CriterionDescription,
  type DescribeCriteriaInput,
  type DescribeCriteriaOutput,
  describeImageCriteriaOperation,
  describeImageRepoCriteriaOperation,
} from './describe-criteria.ts';
export {
  type DescribeImageInput,
  type DescribeImageOutput,
  describeImageOperation,
} from './describe-image.ts';
export {
  type Criterion,
  type CriterionName,
  type DescribeImageInstancesInput,
  type DescribeImageInstancesOutput,
  describeImageInstancesOperation,
} from './describe-image-instances.ts';
export {
  type DescribeImageVulListInput,
  type DescribeImageVulListOutput,
  describeImageVulListOperation,
} from './describe-image-vul-list.ts';
export type { ParameterValue, ParameterValues } from './flatten-parameters.ts';
export { type Image, type ImageFields, parseImage } from './image.ts';
export { type ImageDigest, normalizeDigest } from './image-digest.ts';
export { type RawOperationOptions, rawOperation } from './raw-operation.ts';
export type { Necessity, Vulnerability, VulnerablePackage } from './vulnerability.ts';
