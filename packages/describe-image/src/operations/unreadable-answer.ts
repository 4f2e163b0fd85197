import { ServiceError } from '../errors/errors.ts';

/** The error for an answer with status 200 that lacks what the vendor documents. */
export function unreadableAnswer(
  action: string,
  problem: string,
  requestId: string | undefined,
): ServiceError {
  return new ServiceError(`${action}: unreadable answer: ${problem}`, { requestId, status: 200 });
}

/** The JSON type of a value, for messages: the value itself may be long or secret. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
