import { criteriaList } from './criteria-list.ts';
import type { Operation } from './operation.ts';

/**
 * The search items of DescribeImageInstances.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/DescribeImageRepoCriteria | DescribeImageRepoCriteria}
 */
export const describeImageRepoCriteria: Operation = {
  name: 'DescribeImageRepoCriteria',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImageRepoCriteria',
  answer: (parameters, { world, assumptions }) => ({
    CriteriaList: criteriaList(
      [
        'instanceId',
        'repoName',
        'repoId',
        'repoNamespace',
        'regionId',
        'vulStatus',
        'alarmStatus',
        'hcStatus',
        'riskStatus',
        'registryType',
        'imageId',
        'tag',
      ],
      parameters.get('Value'),
      world.inventory(),
      assumptions,
    ),
  }),
};
