import { ValidationError } from '../errors/errors.ts';
import type { Operation } from '../protocol/operation.ts';
import { flattenParameters, type ParameterValues } from './flatten-parameters.ts';
import { inputFields, readOperation } from './read-operation.ts';

/** Properties of an operation that this package does not describe. @public */
export interface RawOperationOptions {
  /** @defaultValue '2018-12-03' */
  readonly version?: string | undefined;
  /** Whether the request can be repeated safely. @defaultValue true for actions that start with Describe, Get, List or Query */
  readonly idempotent?: boolean | undefined;
}

/**
 * Any RPC action of the product: the input is the parameters by their wire names, the output the JSON document.
 *
 * @throws {@link ValidationError} if the action is not a name.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { rawOperation } from '@describe-image/core/protocol';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { output } = await client.call(rawOperation('DescribeImageStatistics'), {});
 * console.log(output['RiskInstanceCount']);
 * ```
 *
 * @public
 */
export function rawOperation(
  action: string,
  options: RawOperationOptions = {},
): Operation<ParameterValues, Readonly<Record<string, unknown>>> {
  if (!/^\w+$/.test(action))
    throw new ValidationError(
      `action: must be a name such as "DescribeImageStatistics", got ${JSON.stringify(action)}`,
    );
  const operation = readOperation<ParameterValues, Readonly<Record<string, unknown>>>(action, {
    parseInput: (input) => inputFields(action, input) as ParameterValues, // flattenParameters rejects values without a text form
    toRequest: (values) => ({ query: flattenParameters(action, values) }),
    parseOutput: (document) => document,
  });
  return {
    ...operation,
    version: options.version ?? operation.version,
    idempotent: options.idempotent ?? /^(Describe|Get|List|Query)/.test(action),
  };
}
