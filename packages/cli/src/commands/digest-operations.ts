import { describeImageOperation, type Operation } from '@describe-image/core';
import { describeImageInstancesOperation } from '@describe-image/core/protocol';

/** The operations that a lookup calls, for the RAM policy. A reference is first searched in the inventory. */
export const operations: readonly Pick<Operation<never, unknown>, 'ramAction'>[] = [
  describeImageOperation,
  describeImageInstancesOperation,
];
