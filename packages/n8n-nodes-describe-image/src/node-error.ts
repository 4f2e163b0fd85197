import { type AnyDescribeImageError, DescribeImageError } from '@describe-image/core/protocol';
import {
  type IDataObject,
  type INode,
  type JsonObject,
  NodeApiError,
  NodeOperationError,
} from 'n8n-workflow';
import { BlockedError } from './gate/gate.ts';

type NodeFailure = NonNullable<NodeApiError['failure']>;

/** Headlines without error codes: n8n replaces messages that contain a code such as ENOTFOUND, which is part of "ImageNotFound". */
const MESSAGES: Readonly<Record<AnyDescribeImageError['code'], string>> = {
  Abort: 'The call was aborted',
  Ambiguous: 'The reference matches several images',
  ClockSkew: 'The clock of this n8n host is wrong',
  Credentials: 'Alibaba Cloud rejected the AccessKey',
  Network: 'The endpoint cannot be reached',
  NotFound: 'Security Center has no such image',
  Permission: 'The RAM user lacks a permission',
  Service: 'Security Center returned an invalid response',
  Signature: 'Alibaba Cloud rejected the signature',
  Throttling: 'Alibaba Cloud still throttles the calls after all retries',
  Timeout: 'The endpoint did not respond in time',
  Unverified: 'The digest does not meet a requirement',
  Validation: 'A value is invalid',
};

/** Remedies that differ from core's because the setting is in n8n. */
const REMEDIES: Readonly<Partial<Record<AnyDescribeImageError['code'], string>>> = {
  Ambiguous:
    'Set Region ID, Instance ID or Repository ID in the options of the node to the value of one candidate, or use IDs.',
  Throttling: 'Lower Concurrency, set Batching in the options of the node, or turn on Retry On Fail.',
  Timeout: 'Turn on Retry On Fail in the settings of the node, or check the network path.',
  Unverified: 'Scan the image or check its tag, or turn off this option of the node.',
  Validation: 'Correct this value.',
};

/** Converts an error to an n8n error. Returns n8n's own errors with the item index added. */
export function nodeError(
  node: INode,
  error: unknown,
  itemIndex?: number,
): NodeApiError | NodeOperationError {
  if (error instanceof NodeOperationError || error instanceof NodeApiError)
    return addItemIndex(error, itemIndex);
  const item = itemIndex === undefined ? {} : { itemIndex };
  if (error instanceof BlockedError)
    return new NodeOperationError(node, 'The image does not pass the gate', {
      ...item,
      description: `${error.message}.${error.requestId === undefined ? '' : ` (request ID ${error.requestId})`}`,
    });
  if (!DescribeImageError.isInstance(error))
    return new NodeOperationError(node, error instanceof Error ? error : String(error), item);

  const description = describe(error);
  const failure = failureOf(error);
  const message = MESSAGES[error.code];
  const options = { ...item, message, description, ...(failure && { failure }) };
  const isLocal = error.status === undefined && error.apiCode === undefined;
  const converted =
    isLocal && (error.code === 'Validation' || error.code === 'Ambiguous')
      ? new NodeOperationError(node, message, options)
      : new NodeApiError(node, errorDetails(error), { ...options, httpCode: error.status?.toString() ?? '' });
  // The constructors may replace the message and the description.
  converted.message = message;
  converted.description = description;
  Object.assign(converted.context, { data: errorDetails(error) });
  return converted;
}

/**
 * The JSON of an item with an error. n8n sends an item to the error output when its JSON has these fields only. Setting `error` on
 * the item itself would replace the JSON.
 */
export function errorJson(
  error: unknown,
  { message, description }: NodeApiError | NodeOperationError,
): IDataObject {
  return { error: message, message: description ?? message, details: errorDetails(error) };
}

/** The fields of an error that later nodes can use. Contains no key and no token. */
function errorDetails(error: unknown): JsonObject {
  if (error instanceof BlockedError)
    return defined({ code: 'Blocked', blockedBy: error.by, requestId: error.requestId });
  if (!DescribeImageError.isInstance(error)) return {};
  const { code, apiCode, requestId, status, endpoint, attempts, retryAfterMs } = error;
  const details = { code, apiCode, requestId, status, endpoint, attempts, retryAfterMs };
  return defined({ ...details, remedy: REMEDIES[code] ?? error.remedy, ...specificDetails(error) });
}

/** The fields of one class of errors. */
function specificDetails(error: AnyDescribeImageError): object {
  switch (error.code) {
    case 'Ambiguous':
      return {
        candidates: error.candidates.map(({ regionId, instanceId, repoId }) => ({
          regionId,
          instanceId,
          repoId,
        })),
      };
    case 'NotFound':
      return { lastKnown: error.lastKnown };
    case 'Unverified':
      return { demand: error.demand };
    case 'Permission':
      return { ramAction: error.ramAction };
    default:
      return {};
  }
}

/** Plain JSON without the fields that are undefined. */
function defined(details: object): JsonObject {
  return JSON.parse(JSON.stringify(details)) as JsonObject; // `details` is an object, so its JSON is one too
}

function describe(error: AnyDescribeImageError): string {
  const parts = [`${error.message}.`.replace(/\.\.$/, '.'), REMEDIES[error.code] ?? error.remedy];
  if (error.code === 'Ambiguous')
    parts.push(
      `Candidates: ${error.candidates.map(({ regionId, instanceId, repoId }) => `Region ID ${regionId}, Instance ID ${instanceId}, Repository ID ${repoId}`).join('; ')}.`,
    );
  if (error.code === 'Permission') parts.push(`Policy: ${JSON.stringify(error.policy)}`);
  if (error.requestId !== undefined) parts.push(`(request ID ${error.requestId})`);
  return parts.join(' ');
}

function failureOf(error: AnyDescribeImageError): NodeFailure | undefined {
  switch (error.code) {
    case 'Throttling':
      return error.retryAfterMs === undefined
        ? { cause: 'rate-limited' }
        : { cause: 'rate-limited', retryAfterMs: error.retryAfterMs };
    case 'Network':
    case 'Timeout':
      return { cause: 'temporarily-unavailable' };
    case 'Service':
      return error.retryable ? { cause: 'temporarily-unavailable' } : undefined;
    case 'Credentials':
    case 'Signature':
      return { cause: 'credential-invalid' };
    case 'Permission':
    case 'Validation':
    case 'Ambiguous':
      return { cause: 'configuration-invalid' };
    default:
      return undefined;
  }
}

function addItemIndex<Known extends NodeApiError | NodeOperationError>(
  error: Known,
  itemIndex: number | undefined,
): Known {
  if (itemIndex !== undefined) error.context['itemIndex'] ??= itemIndex;
  return error;
}
