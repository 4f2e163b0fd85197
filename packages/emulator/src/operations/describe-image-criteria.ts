import { criteriaList } from './criteria-list.ts';
import type { Operation } from './operation.ts';

/**
 * The search items for images.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/DescribeImageCriteria | DescribeImageCriteria}
 */
export const describeImageCriteria: Operation = {
  name: 'DescribeImageCriteria',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImageCriteria',
  answer: (parameters, { world, assumptions }) => ({
    CriteriaList: criteriaList(
      ['tag', 'digest', 'vulStatus', 'alarmStatus', 'riskStatus', 'registryType'],
      parameters.get('Value'),
      world.inventory(),
      assumptions,
    ),
  }),
};
