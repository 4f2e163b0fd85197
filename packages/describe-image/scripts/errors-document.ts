import { readFileSync } from 'node:fs';
import * as errors from '../src/errors/errors.ts';
import { parseError } from '../src/protocol/parse-error.ts';
import { retryDecision } from '../src/protocol/retry-decision.ts';
import { type GatewayCode, gatewayCodes } from './gateway-codes.ts';

const SOURCE = readFileSync(new URL('../src/errors/errors.ts', import.meta.url), 'utf8');

/** One of each, in the order of the table. */
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

/** The text of docs/errors.md, computed from the classes and from what the code makes of each answer. */
export function errorsDocument(): string {
  return `# Errors

Generated from the sources of \`@describe-image/core\`: \`pnpm docs:generate\` writes it anew.

Every error is a \`DescribeImageError\`. Switch on \`error.code\`; \`DescribeImageError.isInstance(error)\` also recognises errors of
another copy of the package. All carry \`apiCode\`, \`requestId\`, \`status\`, \`attempts\`, \`retryable\`, \`endpoint\`, \`recommend\`,
\`retryAfterMs\`, \`remedy\` and, where one is known, \`cause\`. \`toJSON()\` gives all of them but the cause. None holds a secret.

## Classes, by what a caller can do

| \`code\` | class | meaning | what to do |
| --- | --- | --- | --- |
${EXAMPLES.map(classRow).join('\n')}

## What becomes of the service's answers

"Retried" says whether the client sends such a call again by itself, within \`maxRetries\` and \`totalTimeoutMs\`.

| code | HTTP | meaning | class | retried |
| --- | --- | --- | --- | --- |
${gatewayCodes.map(codeRow).join('\n')}

An answer of any other code that carries \`x-acs-retry-after\` (milliseconds), and any HTTP 429, is a \`ThrottlingError\`. HTML, XML,
empty and broken bodies become a \`ServiceError\` with their status and request id, retried when the status is 5xx. Connection
faults are \`NetworkError\`s and passed deadlines \`TimeoutError\`s, both retried.
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
  const retried = decide(false)
    ? 'yes'
    : decide(true)
      ? 'when an earlier answer was lost'
      : retriedOnce(code);
  return `| \`${code}\` | ${status} | ${meaning} | \`${error.name}\` | ${retried} |`;
}

function retriedOnce(code: string): string {
  if (code === 'InvalidSecurityToken.Expired') return 'once, with fresh keys';
  return /^(InvalidTimeStamp.Expired|IllegalTimestamp)/.test(code) ? 'once, with the corrected clock' : 'no';
}
