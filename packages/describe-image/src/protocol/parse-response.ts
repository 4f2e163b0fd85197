import { ServiceError } from '../errors/errors.ts';
import { isObject } from './is-object.ts';
import type { Operation } from './operation.ts';
import { describeUnreadable, parseError } from './parse-error.ts';
import type { Redactor } from './redaction.ts';
import type { HttpResponse, SignedRequest } from './request.ts';

/** A parsed response. @public */
export interface ParsedResponse<Output> {
  readonly output: Output;
  readonly requestId: string | undefined;
}

/**
 * Parses an answer. The HTTP status decides whether it is an error, because successful answers of some operations contain `Code: "200"`.
 *
 * @param request - The request that was sent. It allows a diagnosis of a rejected signature.
 * @param redact - Applied to texts of the service before they are cut, because a part of a secret would not be recognised. Use it if
 * the secrets of the request are known, and {@link redactError} for other errors of the call.
 * @throws the DescribeImageError of an error answer; ServiceError for an unreadable one.
 * @public
 */
export function parseResponse<Output>(
  operation: Pick<Operation<never, Output>, 'action' | 'ramAction' | 'parseOutput'>,
  response: HttpResponse,
  request?: SignedRequest,
  redact?: Redactor,
): ParsedResponse<Output> {
  const document = readDocument(response.body);
  const requestId = text(document?.['RequestId']) ?? response.header('x-acs-request-id');
  const succeeded = response.status >= 200 && response.status < 300;
  if (!succeeded || document?.['Success'] === false)
    throw parseError(operation, response, document, request, redact);
  if (document === undefined)
    throw new ServiceError(`${operation.action}: ${describeUnreadable(response)}`, {
      status: response.status,
      requestId,
      // Truncated JSON was cut during the transfer: another attempt can succeed.
      retryable: /^(\{|$)/.test(response.body.trimStart()),
    });
  return { output: operation.parseOutput(document, requestId), requestId };
}

function readDocument(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(body);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
