import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  type ImageFailure,
} from '@describe-image/backstage-plugin-describe-image-common';
import {
  type AnyDescribeImageError,
  DescribeImageError,
  type ErrorCode,
} from '@describe-image/core/protocol';

/** Tells a caller why an image could not be read. Whatever is not core's own error is a fault of this program, and only named. */
export function failureOf(error: unknown, now: Date): ImageFailure {
  const observedAt = now.toISOString();
  if (!DescribeImageError.isInstance(error))
    return {
      kind: 'service',
      message: 'the image could not be read for a reason that is in the log of the back end',
      remedy: 'Ask who runs this Backstage to look there.',
      observedAt,
    };
  return {
    kind: KINDS[error.code],
    message: error.message,
    remedy: remedyOf(error),
    ...(error.apiCode === undefined ? {} : { apiCode: error.apiCode }),
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    observedAt,
    ...(error.code === 'Permission' ? { ramAction: error.ramAction, policy: error.policy } : {}),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}

/** That an entity names an instance which the configuration does not have. */
export function unknownInstance(name: string | undefined, now: Date): ImageFailure {
  return {
    kind: 'unknown-instance',
    message:
      name === undefined
        ? 'no instance of Security Center is configured'
        : `no instance called ${JSON.stringify(name)} is configured`,
    remedy:
      'Add it to describeImage.instances in the configuration of the back end, or correct the annotation.',
    observedAt: now.toISOString(),
  };
}

const KINDS: Readonly<Record<ErrorCode, ImageFailure['kind']>> = {
  Permission: 'permission',
  Credentials: 'credentials',
  Signature: 'credentials',
  ClockSkew: 'credentials',
  NotFound: 'not-found',
  Ambiguous: 'ambiguous',
  Throttling: 'throttled',
  Network: 'unreachable',
  Timeout: 'unreachable',
  Validation: 'invalid-reference',
  Service: 'service',
  Abort: 'service',
};

const MOST_CANDIDATES = 5;

function remedyOf(error: AnyDescribeImageError): string {
  if (error.code !== 'Ambiguous') return error.remedy;
  const ids = error.candidates
    .slice(0, MOST_CANDIDATES)
    .map(({ regionId, instanceId, repoId, tag }) => `${regionId}/${instanceId}/${repoId}:${tag}`);
  return `${error.remedy} With the annotation ${CONTAINER_IMAGE_IDS_ANNOTATION}, one of: ${ids.join(', ')}`;
}
