import { ResponseError } from '@backstage/errors';
import { usePermission } from '@backstage/plugin-permission-react';
import { describeImageReadPermission } from '@describe-image/backstage-plugin-describe-image-common';

/** Whether the user may view images. If the check itself fails, the result is `granted`, because the back end checks again. */
export function useReadPermission(): 'loading' | 'granted' | 'denied' {
  const { loading, allowed, error } = usePermission({ permission: describeImageReadPermission });
  if (loading) return 'loading';
  return allowed || error ? 'granted' : 'denied';
}

/** Whether the back end rejected a request with 403. */
export function isPermissionDenied(error: Error | undefined): boolean {
  return error instanceof ResponseError && error.statusCode === 403;
}
