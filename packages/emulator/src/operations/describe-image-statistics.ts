import type { Operation } from './operation.ts';

/**
 * Counts the ACR Enterprise images, and those with a risk.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/DescribeImageStatistics | DescribeImageStatistics}
 */
export const describeImageStatistics: Operation = {
  name: 'DescribeImageStatistics',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImageStatistics',
  answer(_parameters, { world }) {
    const images = world.inventory().filter(({ RegistryType }) => RegistryType === 'acr');
    return {
      InstanceCount: images.length,
      RiskInstanceCount: images.filter(({ RiskStatus }) => RiskStatus === 'YES').length,
    };
  },
};
