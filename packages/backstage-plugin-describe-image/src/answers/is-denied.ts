import { ResponseError } from '@backstage/errors';

/** The back end refused for want of a permission, whatever the browser had been told. */
export function isDenied(error: Error | undefined): boolean {
  return error instanceof ResponseError && error.statusCode === 403;
}
