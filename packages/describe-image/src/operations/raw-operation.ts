import { ValidationError } from '../errors/errors.ts';
import type { Operation } from '../protocol/operation.ts';
import { flattenParameters, type ParameterValues } from './flatten-parameters.ts';
import { inputFields, readOperation } from './security-center.ts';

/** What an operation without a description of its own needs to be told. */
export interface RawOperationOptions {
  /** @defaultValue '2018-12-03' */
  readonly version?: string | undefined;
  /** Only reads are safe to send twice. @defaultValue true for actions that begin with Describe, Get, List or Query */
  readonly idempotent?: boolean | undefined;
}

/**
 * Any RPC action of the product, unparsed: its input is the wire's parameters and its output the wire's document.
 *
 * @throws {@link ValidationError} when the action is not a name.
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
      `action: wanted a name such as "DescribeImageStatistics", got ${JSON.stringify(action)}`,
    );
  const operation = readOperation<ParameterValues, Readonly<Record<string, unknown>>>(action, {
    parseInput: (input) => inputFields(action, input) as ParameterValues, // flattening refuses what has no text
    toRequest: (values) => ({ query: flattenParameters(action, values) }),
    parseOutput: (document) => document,
  });
  return {
    ...operation,
    version: options.version ?? operation.version,
    idempotent: options.idempotent ?? /^(Describe|Get|List|Query)/.test(action),
  };
}
