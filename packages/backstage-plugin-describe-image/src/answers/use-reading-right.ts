import { usePermission } from '@backstage/plugin-permission-react';
import { describeImageReadPermission } from '@describe-image/backstage-plugin-describe-image-common';

/** Whether to ask at all. When permissions cannot be asked for, the back end decides: it checks in any case. */
export function useReadingRight(): 'loading' | 'granted' | 'denied' {
  const { loading, allowed, error } = usePermission({ permission: describeImageReadPermission });
  if (loading) return 'loading';
  return allowed || error ? 'granted' : 'denied';
}
