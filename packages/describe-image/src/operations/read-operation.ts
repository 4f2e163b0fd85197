import { ValidationError } from '../errors/errors.ts';
import type { Operation } from '../protocol/operation.ts';

type OperationParts<Input, Output> = Pick<
  Operation<Input, Output>,
  'parseInput' | 'toRequest' | 'parseOutput'
>;

/** A read operation of Security Center (Sas 2018-12-03). */
export function readOperation<Input, Output>(
  action: string,
  parts: OperationParts<Input, Output>,
): Operation<Input, Output> {
  return {
    action,
    version: '2018-12-03',
    product: 'sas',
    method: 'POST',
    idempotent: true,
    ramAction: `yundun-sas:${action}`,
    ...parts,
  };
}

/** @throws {@link ValidationError} if `input` is not an object. */
export function inputFields(action: string, input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null)
    throw new ValidationError(
      `${action}: input must be an object, got ${input === null ? 'null' : typeof input}`,
    );
  return { ...input };
}
