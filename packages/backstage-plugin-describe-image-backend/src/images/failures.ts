import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  type ImageFailure,
} from '@describe-image/backstage-plugin-describe-image-common';
import {
  type AnyDescribeImageError,
  DescribeImageError,
  type ErrorCode,
} from '@describe-image/core/protocol';
import { PausedError } from '../instances/circuit-breaker.ts';
import type { KnownImage } from './known-images.ts';

/** Whether an error has a remedy for users. Others are bugs. */
export function isExpected(error: unknown): error is AnyDescribeImageError | PausedError {
  return DescribeImageError.isInstance(error) || error instanceof PausedError;
}

/** Converts an error to a failure. The text of an unexpected error is not exposed; it is in the log. */
export function failureOf(error: unknown, now: Date): ImageFailure {
  const observedAt = now.toISOString();
  if (error instanceof PausedError)
    return {
      kind: 'paused',
      message: error.message,
      remedy: 'Check the endpoint and the proxy. The back end tries again by itself.',
      observedAt,
      retryAfterMs: error.retryAfterMs,
    };
  if (!DescribeImageError.isInstance(error))
    return {
      kind: 'service',
      message: 'reading the image failed because of an unexpected error',
      remedy: 'Ask the administrator of this Backstage to check the log of the back end.',
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

/** The failure for an annotation that names an instance which is not configured. */
export function unknownInstance(name: string | undefined, now: Date): ImageFailure {
  return {
    kind: 'unknown-instance',
    message:
      name === undefined
        ? 'no instance of Security Center is configured'
        : `no instance named ${JSON.stringify(name)} is configured`,
    remedy:
      'Add it to describeImage.instances in the configuration of the back end, or correct the annotation.',
    observedAt: now.toISOString(),
  };
}

/** The failure for an account that did not respond before the deadline of a page. */
export function missedDeadline(instance: string, deadlineMs: number, now: Date): ImageFailure {
  return {
    kind: 'deadline',
    message: `the account ${JSON.stringify(instance)} did not respond within ${deadlineMs / 1000} s`,
    remedy: 'Refresh the page later: the look-up continues in the back end.',
    observedAt: now.toISOString(),
  };
}

/** The failure for an image whose tag has no digest. */
export function missingDigest(now: Date): ImageFailure {
  return {
    kind: 'not-found',
    message: 'the inventory has the image, but DescribeImage has no digest for its tag',
    remedy: 'Synchronize the images in the console of Security Center, then try again.',
    observedAt: now.toISOString(),
  };
}

/**
 * Selects the failure to report for an image. There is none when one source has no such image or digest and the other has a digest: the
 * missing observation shows it. Any other failure is reported, even when the other source succeeded.
 */
export function reportedFailure({ inventory, live }: KnownImage): ImageFailure | undefined {
  if (inventory.failure !== undefined && !inventory.absent) return inventory.failure;
  if (live?.failure !== undefined) return live.failure;
  if (live?.observation?.digest !== undefined) return undefined;
  if (inventory.absent) return inventory.failure;
  if (live?.observation === undefined || inventory.observation?.digest !== undefined) return undefined;
  return missingDigest(live.observation.observedAt);
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
  Unverified: 'service',
  Service: 'service',
  Abort: 'service',
};

const MAX_CANDIDATES = 5;

function remedyOf(error: AnyDescribeImageError): string {
  if (error.code !== 'Ambiguous') return error.remedy;
  const ids = error.candidates
    .slice(0, MAX_CANDIDATES)
    .map(({ regionId, instanceId, repoId, tag }) => `${regionId}/${instanceId}/${repoId}:${tag}`);
  return `${error.remedy} With the annotation ${CONTAINER_IMAGE_IDS_ANNOTATION}, use one of: ${ids.join(', ')}`;
}
