/**
 * One signed call, without any I/O: build, sign, read the answer, decide whether to try again.
 *
 * @packageDocumentation
 */
export { ClockSkewError } from '../errors/clock-skew-error.ts';
export { CredentialsError } from '../errors/credentials-error.ts';
export { DescribeImageError, type ErrorDetails } from '../errors/describe-image-error.ts';
export { NotFoundError } from '../errors/not-found-error.ts';
export { PermissionError } from '../errors/permission-error.ts';
export { ServiceError } from '../errors/service-error.ts';
export { type SignatureDiagnosis, SignatureError } from '../errors/signature-error.ts';
export { ThrottlingError } from '../errors/throttling-error.ts';
export { ValidationError } from '../errors/validation-error.ts';
export { buildRequest } from './build-request.ts';
export type { CredentialProvider, CredentialRequest, Credentials } from './credentials.ts';
export type { SigningContext } from './draft-request.ts';
export type { Endpoint } from './endpoint.ts';
export type { Answer, Call, CallOptions, FlatParameters, Operation, RequestParts } from './operation.ts';
export { type ParsedResponse, parseResponse } from './parse-response.ts';
export { type RamPolicy, ramPolicy } from './ram-policy.ts';
export { redactText } from './redact-text.ts';
export type { HttpResponse, SignedRequest, UnsignedRequest } from './request.ts';
export { type RetryDecision, type RetryState, retryDecision } from './retry-decision.ts';
export { signRequest } from './sign-request.ts';
