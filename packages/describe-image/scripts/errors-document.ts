import { readFileSync } from 'node:fs';
import * as errors from '../src/errors/errors.ts';
import { parseError } from '../src/protocol/parse-error.ts';
import { retryDecision } from '../src/protocol/retrying/retry-decision.ts';
import { type GatewayCode, gatewayCodes } from './gateway-codes.ts';

const SOURCE = readFileSync(new URL('../src/errors/errors.ts', import.meta.url), 'utf8');

/** One error per class, in the order of the table. */
const EXAMPLES: readonly errors.AnyDescribeImageError[] = [
  new errors.ValidationError(''),
  new errors.CredentialsError(''),
  new errors.PermissionError('', { ramAction: 'the action' }),
  new errors.SignatureError('', { diagnosis: 'unknown' }),
  new errors.ClockSkewError('', { serverTimeMs: undefined }),
  new errors.ThrottlingError(''),
  new errors.NotFoundError(''),
  new errors.UnverifiedError('', { demand: 'requireLive' }),
  new errors.AmbiguousError('', { candidates: [] }),
  new errors.ServiceError(''),
  new errors.NetworkError(''),
  new errors.TimeoutError(''),
  new errors.AbortError(''),
];

/** The text of docs/errors.md, from the classes and from the errors that the code creates for each answer. */
export function errorsDocument(): string {
  return `# Errors

This file is generated from the sources of \`@describe-image/core\` by \`pnpm docs:generate\`.

All errors are instances of \`DescribeImageError\`. Switch on \`error.code\`, or use \`isInstance\` of a class:
\`NotFoundError.isInstance(error)\`. Unlike \`instanceof\`, it also recognises errors of another copy of the package. Every error has
\`apiCode\`, \`requestId\`, \`status\`, \`attempts\`, \`retryable\`, \`endpoint\`, \`recommend\`, \`retryAfterMs\`, \`remedy\` and \`cause\`; some
are \`undefined\`. \`toJSON()\` returns all fields except \`cause\` and \`stack\`.

## Classes

| \`code\` | class | meaning | what to do |
| --- | --- | --- | --- |
${EXAMPLES.map(classRow).join('\n')}

## Codes of the service

The column "retried" shows whether the client retries the call, within \`maxRetries\` and \`totalTimeoutMs\`.

| code | HTTP | meaning | class | retried |
| --- | --- | --- | --- | --- |
${gatewayCodes.map(codeRow).join('\n')}

An answer with another code and the header \`x-acs-retry-after\` (milliseconds), and any answer with HTTP status 429, is a
\`ThrottlingError\`. An unreadable answer (HTML, XML, an empty or truncated body, or JSON without a documented member such as
\`ImageInstanceList\`) is a \`ServiceError\` with the status and the request id; it is retried if the status is 5xx or the body is empty
or truncated. Connection errors are \`NetworkError\`s, retried unless \`retryable\` is false. Exceeded time limits are \`TimeoutError\`s;
an attempt that exceeds its limit is retried within \`totalTimeoutMs\`.
`;
}

function classRow({ name, code, remedy }: errors.AnyDescribeImageError): string {
  const meaning =
    new RegExp(`/\\*\\* ([^/]*?)(?: @public)? \\*/\\nexport class ${name}`).exec(SOURCE)?.[1] ?? '';
  return `| \`${code}\` | \`${name}\` | ${meaning} | ${remedy} |`;
}

function codeRow({ code, status, meaning }: GatewayCode): string {
  const operation = { action: 'DescribeImage', ramAction: 'yundun-sas:DescribeImage' };
  const body = JSON.stringify({ Code: code, Message: '' });
  const error = parseError(operation, { status, header: () => undefined, body }, { Code: code }, undefined);
  const decide = (answerLost: boolean): boolean =>
    retryDecision(error, { retries: 0, maxRetries: 1, idempotent: true, answerLost, random: 0 }).retry;
  const retried = decide(false) ? 'yes' : decide(true) ? 'if an earlier answer was lost' : retriedOnce(code);
  return `| \`${code}\` | ${status} | ${meaning} | \`${error.name}\` | ${retried} |`;
}

function retriedOnce(code: string): string {
  if (code === 'InvalidSecurityToken.Expired') return 'once, with new credentials';
  return /^(InvalidTimeStamp.Expired|IllegalTimestamp)/.test(code) ? 'once, with the corrected clock' : 'no';
}
