import type { AbortError } from './abort-error.ts';
import type { AmbiguousError } from './ambiguous-error.ts';
import type { ClockSkewError } from './clock-skew-error.ts';
import type { CredentialsError } from './credentials-error.ts';
import type { NetworkError } from './network-error.ts';
import type { NotFoundError } from './not-found-error.ts';
import type { PermissionError } from './permission-error.ts';
import type { ServiceError } from './service-error.ts';
import type { SignatureError } from './signature-error.ts';
import type { ThrottlingError } from './throttling-error.ts';
import type { TimeoutError } from './timeout-error.ts';
import type { ValidationError } from './validation-error.ts';

/** Discriminated on `code`: a switch without a default fails to compile when a class is added. @public */
export type AnyDescribeImageError =
  | ValidationError
  | CredentialsError
  | PermissionError
  | SignatureError
  | ClockSkewError
  | ThrottlingError
  | NotFoundError
  | AmbiguousError
  | ServiceError
  | NetworkError
  | TimeoutError
  | AbortError;

/** The literal codes. @public */
export type ErrorCode = AnyDescribeImageError['code'];
