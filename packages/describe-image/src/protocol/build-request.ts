import { ValidationError } from '../errors/errors.ts';
import { canonicalQuery } from './canonical-query.ts';
import type { FlatParameters, Operation } from './operation.ts';
import type { Endpoint, UnsignedRequest } from './request.ts';

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
  const { action, method, toRequest } = operation;
  const { query, form } = toRequest(input);
  return {
    method,
    endpoint,
    query: encode(action, query) ?? '',
    headers: headersOf(operation, form !== undefined),
    body: encode(action, form),
  };
}

type Headers = Readonly<Record<string, string>>;
const known = /* @__PURE__ */ new WeakMap<object, Headers>();

/** The same frozen object for every request of an operation: signing recognizes it. */
function headersOf(
  operation: Pick<Operation<never, unknown>, 'action' | 'version'>,
  hasForm: boolean,
): Headers {
  let headers = known.get(operation);
  if (headers === undefined || 'content-type' in headers !== hasForm) {
    const { action, version } = operation;
    headers = Object.freeze({
      accept: 'application/json',
      'x-acs-action': action,
      'x-acs-version': version,
      ...(hasForm && { 'content-type': 'application/x-www-form-urlencoded' }),
    });
    known.set(operation, headers);
  }
  return headers;
}

function encode(action: string, parameters: FlatParameters | undefined): string | undefined {
  try {
    return parameters && canonicalQuery(parameters);
  } catch (cause) {
    throw new ValidationError(`${action}: a parameter holds half a surrogate pair`, { cause });
  }
}
