/**
 * All parts of a call without I/O: operations, endpoints, building and signing the request, parsing the answer, retrying, and errors.
 *
 * @packageDocumentation
 */
export { checkRegion, type RegionCheck } from '../endpoints/endpoint-map.ts';
export { type EndpointOptions, resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
export * from '../errors/errors.ts';
export { type RamPolicy, ramPolicy } from '../errors/ram-policy.ts';
export * from '../operations/index.ts';
export { type RpcRequest, rpcRequest } from '../operations/rpc-request.ts';
export { buildRequest } from './build-request.ts';
export type { CredentialProvider, CredentialRequest, Credentials } from './credentials.ts';
export type { Answer, Call, CallOptions, FlatParameters, Operation, RequestParts } from './operation.ts';
export { type ParsedResponse, parseResponse } from './parse-response.ts';
export { createRedactor, type Redactor, redactError, redactText } from './redaction.ts';
export type { Endpoint, HttpMethod, HttpResponse, SignedRequest, UnsignedRequest } from './request.ts';
export { requestUrl } from './request.ts';
export {
  type CallLimits,
  DEFAULT_CALL_LIMITS,
  type ResolvedCallLimits,
  type SharedTotal,
  withSharedTotal,
} from './retrying/call-limits.ts';
export {
  type AttemptContext,
  callWithRetries,
  type PlannedRetry,
  type RetryHost,
  type RetryOptions,
} from './retrying/call-with-retries.ts';
export { type RetryDecision, type RetryState, retryDecision } from './retrying/retry-decision.ts';
export { createRetryQuota, type RetryQuota } from './retrying/retry-quota.ts';
export { createServiceClock, type ServiceClock } from './retrying/service-clock.ts';
export { createSigner, signRequest } from './signing/sign-request.ts';
export type { Signer, SigningContext } from './signing/signer.ts';
