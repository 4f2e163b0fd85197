import { CustomErrorBase } from '@backstage/errors';
import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';

const STATUS: Readonly<Record<ImageFailure['kind'], number>> = {
  permission: 502,
  credentials: 502,
  'not-found': 404,
  ambiguous: 409,
  throttled: 429,
  unreachable: 503,
  'invalid-reference': 400,
  'unknown-instance': 404,
  service: 502,
  deadline: 504,
  paused: 503,
};

/** The failure of an image that fails the whole response. The response contains it, so that a page can show its remedy. */
export class ServiceFailure extends CustomErrorBase {
  override readonly name = 'ServiceFailure';
  readonly statusCode: number;
  readonly failure: ImageFailure;

  constructor(failure: ImageFailure) {
    super(`${failure.message.replace(/\.$/, '')}. ${failure.remedy}`);
    this.failure = failure;
    this.statusCode = STATUS[failure.kind];
  }
}
