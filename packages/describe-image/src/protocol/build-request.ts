import { ValidationError } from '../errors/errors.ts';
import { canonicalQuery } from './canonical-query.ts';
import type { Endpoint } from './endpoint.ts';
import type { FlatParameters, Operation } from './operation.ts';
import type { UnsignedRequest } from './request.ts';

/**
 * Turns valid input into the bytes that will be signed and sent.
 *
 * @throws {@link ValidationError} when a parameter holds half a surrogate pair, which has no UTF-8 form.
 * @public
 */
export function buildRequest<Input, Output>(
  operation: Operation<Input, Output>,
  input: Input,
  endpoint: Endpoint,
): UnsignedRequest {
  const { action, version, method, toRequest } = operation;
  const { query, form } = toRequest(input);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'x-acs-action': action,
    'x-acs-version': version,
  };
  if (form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  return { method, endpoint, query: encode(action, query) ?? '', headers, body: encode(action, form) };
}

function encode(action: string, parameters: FlatParameters | undefined): string | undefined {
  try {
    return parameters && canonicalQuery(parameters);
  } catch (cause) {
    throw new ValidationError(`${action}: a parameter holds half a surrogate pair`, { cause });
  }
}
