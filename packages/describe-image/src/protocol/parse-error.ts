import {
  type AnyDescribeImageError,
  ClockSkewError,
  CredentialsError,
  type ErrorDetails,
  NotFoundError,
  PermissionError,
  ServiceError,
  SignatureError,
  ThrottlingError,
  ValidationError,
} from '../errors/errors.ts';
import { errorKind } from './error-kind.ts';
import { isObject } from './is-object.ts';
import type { Operation } from './operation.ts';
import { type Redactor, redactText } from './redaction.ts';
import type { HttpResponse, SignedRequest } from './request.ts';
import { diagnoseSignature } from './signing/diagnose-signature.ts';

/** Longer texts of the service are cut. */
const MAX_QUOTED_CHARACTERS = 2_000;

/** Converts an error answer to an error of this package. Does not throw, whatever the body contains. */
export function parseError(
  operation: Pick<Operation<never, unknown>, 'action' | 'ramAction'>,
  response: HttpResponse,
  document: Readonly<Record<string, unknown>> | undefined,
  request: SignedRequest | undefined,
  redact: Redactor = (text) => text,
): AnyDescribeImageError {
  const field = (name: string): string | undefined =>
    textField(document, name) ?? xmlField(response.body, name);
  const quoted = (text: string | undefined): string | undefined =>
    text && redact(text).slice(0, MAX_QUOTED_CHARACTERS);
  const apiCode = quoted(field('Code'));
  // Not cut: the diagnosis of a signature needs the whole text that it quotes.
  const serviceMessage = field('Message') ?? '';
  const details: ErrorDetails = {
    apiCode,
    status: response.status,
    requestId: quoted(field('RequestId')) ?? response.header('x-acs-request-id'),
    recommend: quoted(field('Recommend')),
    retryAfterMs: retryAfterMs(response),
  };
  const summary =
    apiCode === undefined
      ? describeUnreadable(response)
      : `${apiCode} (HTTP ${response.status}): ${redactText(quoted(serviceMessage) ?? '')}`;
  const message = `${operation.action}: ${summary}`;

  const kind = errorKind(apiCode, details);
  switch (kind) {
    case 'Signature': {
      // The service's message quotes the security token, so only the result of the comparison is reported.
      const { diagnosis, finding } = diagnoseSignature(serviceMessage, request, redact);
      return new SignatureError(`${operation.action}: ${apiCode} (HTTP ${response.status}): ${finding}`, {
        ...details,
        diagnosis,
      });
    }
    case 'ClockSkew': {
      const serverTime = Date.parse(response.header('date') ?? '');
      return new ClockSkewError(message, { ...details, serverTimeMs: serverTime || undefined });
    }
    case 'Permission': {
      const denied = document?.['AccessDeniedDetail'];
      return new PermissionError(message, {
        ...details,
        ramAction: textField(denied, 'AuthAction') ?? operation.ramAction,
        principal: textField(denied, 'AuthPrincipalDisplayName'),
        denial: textField(denied, 'NoPermissionType'),
      });
    }
    default:
      return new PLAIN[kind](message, details);
  }
}

const PLAIN = {
  Throttling: ThrottlingError,
  Credentials: CredentialsError,
  NotFound: NotFoundError,
  Validation: ValidationError,
  Service: ServiceError,
};

/** Accepts `Code` and `code`: some services write their fields in lower camel case. */
function textField(document: unknown, name: string): string | undefined {
  if (!isObject(document)) return undefined;
  const value = document[name] ?? document[name.charAt(0).toLowerCase() + name.slice(1)];
  return typeof value === 'string' ? value : undefined;
}

function xmlField(body: string, name: string): string | undefined {
  if (!body.trimStart().startsWith('<')) return undefined;
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
}

/** `x-acs-retry-after` is in milliseconds, unlike HTTP's `retry-after`. Any other text is ignored. */
function retryAfterMs({ header }: HttpResponse): number | undefined {
  const value = header('x-acs-retry-after');
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Describes a body that is not a JSON object. It is not quoted, because it may contain a secret. */
export function describeUnreadable({ status, header, body }: HttpResponse): string {
  const kind =
    body.trim() === ''
      ? 'an empty body'
      : /^\s*\{/.test(body)
        ? 'truncated JSON, or JSON without a code'
        : /^\s*<(!doctype )?html/i.test(body)
          ? 'an HTML page'
          : `a body that is not a JSON object (${header('content-type') ?? 'unknown type'})`;
  return `HTTP ${status} with ${kind}, ${body.length} characters`;
}
