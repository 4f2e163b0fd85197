import { type AnyDescribeImageError, DescribeImageError } from '@describe-image/core/protocol';
import { type INode, type JsonObject, NodeApiError, NodeOperationError } from 'n8n-workflow';

type NodeFailure = NonNullable<NodeApiError['failure']>;

/** What happened, in words without the service's codes: n8n rewrites messages in which it sees one of its own. */
const MESSAGES: Readonly<Record<AnyDescribeImageError['code'], string>> = {
  Abort: 'The look-up was stopped',
  Ambiguous: 'The reference fits several images',
  ClockSkew: 'The clock of this n8n host is wrong',
  Credentials: 'Alibaba Cloud does not accept the AccessKey',
  Network: 'The endpoint cannot be reached',
  NotFound: 'Security Center does not know this image',
  Permission: 'The RAM user is not allowed to do this',
  Service: 'Security Center did not give a usable answer',
  Signature: 'Alibaba Cloud does not accept the signature',
  Throttling: 'Alibaba Cloud still received too many calls after waiting',
  Timeout: 'The endpoint did not answer in time',
  Validation: 'A value cannot be used',
};

/** How to go on, where that is done in n8n and not in code. */
const NEXT: Readonly<Partial<Record<AnyDescribeImageError['code'], string>>> = {
  Throttling: 'Lower Concurrency or set Batching in the options of the node, or turn on Retry On Fail.',
  Timeout: 'Turn on Retry On Fail in the settings of the node, or check the network path.',
  Validation: 'Correct the value that is named here.',
};

/** The same error in n8n's terms. What is not core's is n8n's own already. */
export function nodeError(
  node: INode,
  error: unknown,
  itemIndex?: number,
): NodeApiError | NodeOperationError {
  if (error instanceof NodeOperationError || error instanceof NodeApiError) return withItem(error, itemIndex);
  const at = itemIndex === undefined ? {} : { itemIndex };
  if (!DescribeImageError.isInstance(error))
    return new NodeOperationError(node, error instanceof Error ? error : String(error), at);

  const description = describe(error);
  const failure = failureOf(error);
  const message = MESSAGES[error.code];
  const options = { ...at, message, description, ...(failure && { failure }) };
  const isOurs = error.status === undefined && error.apiCode === undefined;
  const wrapped =
    isOurs && (error.code === 'Validation' || error.code === 'Ambiguous')
      ? new NodeOperationError(node, message, options)
      : new NodeApiError(node, facts(error), { ...options, httpCode: error.status?.toString() ?? '' });
  wrapped.message = message;
  wrapped.description = description;
  Object.assign(wrapped.context, { data: facts(error) });
  return wrapped;
}

/** The facts of an error, for people and for nodes that follow: no key, no token. */
export function facts(error: unknown): JsonObject {
  if (!DescribeImageError.isInstance(error)) return {};
  const { code, apiCode, requestId, status, endpoint, attempts, retryAfterMs } = error;
  const all = { code, apiCode, requestId, status, endpoint, attempts, retryAfterMs };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JsonObject;
}

function describe(error: AnyDescribeImageError): string {
  const parts = [`${error.message}.`.replace(/\.\.$/, '.'), NEXT[error.code] ?? error.remedy];
  if (error.code === 'Ambiguous')
    parts.push(
      `Candidates: ${error.candidates.map(({ regionId, instanceId, repoId }) => [regionId, instanceId, repoId].join(' / ')).join('; ')}.`,
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

function withItem<Known extends NodeApiError | NodeOperationError>(
  error: Known,
  itemIndex: number | undefined,
): Known {
  if (itemIndex !== undefined) error.context['itemIndex'] ??= itemIndex;
  return error;
}
