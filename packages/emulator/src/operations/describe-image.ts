import { ApiError } from '../gateway/api-error.ts';
import { type Operation, requiredParameter } from './operation.ts';

/**
 * Resolves region, registry instance, repository and tag to the digest, in hex without `sha256:`.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/DescribeImage | DescribeImage}
 */
export const describeImage: Operation = {
  name: 'DescribeImage',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImage',
  answer(parameters, { world, assumptions }) {
    const push = world.image({
      regionId: requiredParameter(parameters, 'ImageRegionId'),
      instanceId: requiredParameter(parameters, 'ImageInstanceId'),
      repoId: requiredParameter(parameters, 'ImageRepoId'),
      tag: requiredParameter(parameters, 'ImageTag'),
    });
    if (push) return { Data: { Digest: push.digest } };
    switch (assumptions.absentImage) {
      case 'no-data':
        return {};
      case 'empty-data':
        return { Data: {} };
      case 'error':
        throw new ApiError('ImageNotExist', { status: 400, message: 'The specified image does not exist.' });
    }
  },
};
