import type { Operation } from './operation.ts';
import type { Endpoint, UnsignedRequest } from './request.ts';
import { encodeParameters } from './signing/canonical-query.ts';

/**
 * Builds the request of a call from input that `parseInput` has returned. Query, headers and body are final.
 *
 * @throws {@link ValidationError} for a parameter with half a surrogate pair, which has no UTF-8 form.
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
    query: encodeParameters(action, query ?? {}),
    headers: headersOf(operation, form !== undefined),
    body: form && encodeParameters(action, form),
  };
}

type Headers = Readonly<Record<string, string>>;
const headersByOperation = /* @__PURE__ */ new WeakMap<object, Headers>();

/** The same frozen object for every request of an operation: {@link SigningPlans} finds the plan of an operation by it. */
function headersOf(
  operation: Pick<Operation<never, unknown>, 'action' | 'version'>,
  hasForm: boolean,
): Headers {
  let headers = headersByOperation.get(operation);
  if (headers === undefined || 'content-type' in headers !== hasForm) {
    const { action, version } = operation;
    headers = Object.freeze({
      accept: 'application/json',
      'x-acs-action': action,
      'x-acs-version': version,
      ...(hasForm && { 'content-type': 'application/x-www-form-urlencoded' }),
    });
    headersByOperation.set(operation, headers);
  }
  return headers;
}
