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
};

/**
 * That one image, of which the whole answer would be, could not be read. The failure goes over the wire with the error: a page can
 * say its remedy.
 */
export class ServiceFailure extends CustomErrorBase {
  override readonly name = 'ServiceFailure';
  readonly statusCode: number;
  readonly failure: ImageFailure;

  constructor(failure: ImageFailure) {
    super(`${failure.message}. ${failure.remedy}`);
    this.failure = failure;
    this.statusCode = STATUS[failure.kind];
  }
}
