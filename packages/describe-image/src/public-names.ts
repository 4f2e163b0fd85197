// The exports of both entry points besides createClient.
export type { ClientOptions } from './client/client-options.ts';
export type { Client, ClientCallOptions } from './client/create-client.ts';
export type { Explanation } from './client/explain-request.ts';
export type {
  AttemptEvent,
  AttemptFailedEvent,
  ClientHooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from './client/hooks.ts';
export { VERSION } from './client/version.ts';
export { checkRegion, type RegionCheck } from './endpoints/endpoint-map.ts';
export { type EndpointOptions, resolveEndpoint } from './endpoints/resolve-endpoint.ts';
export {
  AbortError,
  AmbiguousError,
  type AnyDescribeImageError,
  ClockSkewError,
  CredentialsError,
  DescribeImageError,
  type ErrorClass,
  type ErrorCode,
  type ErrorDetails,
  type ImageCandidate,
  type InstanceOf,
  type LastKnownDigest,
  NetworkError,
  NotFoundError,
  PermissionError,
  ServiceError,
  type SignatureDiagnosis,
  SignatureError,
  ThrottlingError,
  TimeoutError,
  UnverifiedError,
  ValidationError,
} from './errors/errors.ts';
export { type RamPolicy, ramPolicy } from './errors/ram-policy.ts';
export type {
  CandidateHints,
  DescribedImage,
  DigestDemands,
  DigestSource,
  FindTagsOptions,
  ImageFilter,
  ImageList,
  ImageListing,
  ImagePage,
  ImageReference,
  ListImagesOptions,
  ListVulnerabilitiesOptions,
  LiveCheck,
  LiveGap,
  RegistryHost,
  ResolvedImage,
  ResolveImageOptions,
  RiskAssessment,
  RiskState,
  StatusOptions,
  TagsOfDigest,
  VulnerabilityCounts,
  VulnerabilityFilter,
  VulnerabilityList,
  VulnerabilityListing,
  VulnerabilityPage,
  VulnerabilityQuery,
  VulnerabilitySubject,
  VulnerabilitySummary,
  VulnerabilityTarget,
} from './images/index.ts';
export {
  type Criterion,
  type CriterionName,
  type DescribeImageInput,
  type DescribeImageInstancesInput,
  type DescribeImageInstancesOutput,
  type DescribeImageOutput,
  describeImageOperation,
  type Image,
  type ImageDigest,
  type ImageFields,
  type Necessity,
  normalizeDigest,
  type Vulnerability,
  type VulnerablePackage,
} from './operations/index.ts';
export type { CredentialProvider, CredentialRequest, Credentials } from './protocol/credentials.ts';
export type {
  Answer,
  Call,
  CallOptions,
  FlatParameters,
  Operation,
  RequestParts,
} from './protocol/operation.ts';
export { maskAccessKeyId } from './protocol/redaction.ts';
export type {
  Endpoint,
  HttpMethod,
  HttpResponse,
  SignedRequest,
  UnsignedRequest,
} from './protocol/request.ts';
export type { CallLimits } from './protocol/retrying/call-limits.ts';
export type { ProxySetting } from './transport/node/proxy-for.ts';
export type { TlsOptions } from './transport/node/tls-options.ts';
export type { Send, SendOptions } from './transport/send.ts';
