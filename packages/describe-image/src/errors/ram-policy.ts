/** A RAM policy document. @public */
export interface RamPolicy {
  readonly Version: '1';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*';
  }[];
}

/**
 * The smallest policy that allows the actions. The API has no resource-level permissions, so `Resource` is `*`.
 *
 * @example
 * ```ts
 * import { ramPolicy } from '@describe-image/core';
 *
 * console.log(JSON.stringify(ramPolicy(['yundun-sas:DescribeImage'])));
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax | RAM policy syntax}
 * @public
 */
export function ramPolicy(actions: readonly string[]): RamPolicy {
  return { Version: '1', Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] };
}
