import type { Assumptions } from '../assumptions.ts';
import { type Exchange, type ExchangeParts, exchange, type Outcome } from '../exchange.ts';
import type { Operation, OperationContext } from '../operations/operation.ts';
import { ApiError, missingParameter, toApiError } from './api-error.ts';
import { authenticate, authenticateLeniently } from './authenticate.ts';
import { answerFormat, type Call, type Format, readCall, UNREADABLE_CALL } from './call.ts';
import { assumedStatus } from './gateway-codes.ts';
import type { KeyRing } from './key-ring.ts';
import type { NonceMemory } from './nonce-memory.ts';
import { authorize } from './ram-policy.ts';
import type { RequestIds } from './request-ids.ts';
import { errorDocument, successDocument } from './response-document.ts';
import type { Throttle } from './throttle.ts';
import { headerValue, requestPath, type WireRequest } from './wire-request.ts';

export interface GatewayParts extends ExchangeParts, Omit<OperationContext, 'now' | 'principal'> {
  readonly keys: KeyRing;
  readonly nonces: NonceMemory;
  readonly throttle: Throttle;
  readonly requestIds: RequestIds;
  readonly operations: readonly Operation[];
  /** Warns about wrong signatures instead of rejecting them. */
  readonly lenient: boolean;
}

/** Answers one RPC request: parses, authenticates, throttles, authorizes and executes it. */
export function answerRpc(request: WireRequest, parts: GatewayParts): Exchange {
  const requestId = parts.requestIds.next();
  const { call, decodingError } = tryReadCall(request);
  const context = {
    requestId,
    hostId: (headerValue(request, 'host') ?? '').replace(/:\d+$/, ''),
    product: parts.operations.find(({ version }) => version === call.version)?.product ?? 'Sas',
    format: formatOf(request, call, parts.assumptions),
  };
  const execute = (): Outcome => {
    try {
      if (decodingError) throw decodingError;
      const operation = operationOf(request, call, parts);
      const { fields, warning } = perform(request, call, operation, parts);
      return { answer: successDocument(fields, { ...context, action: operation.name }), warning };
    } catch (error) {
      const apiError = toApiError(error);
      const answer = errorDocument(apiError, context);
      const status = assumedStatus(apiError.code, parts.assumptions) ?? answer.status;
      return { answer: { ...answer, status }, code: apiError.code };
    }
  };
  return exchange(request, call, execute, context, parts);
}

function tryReadCall(request: WireRequest): { call: Call; decodingError?: ApiError } {
  try {
    return { call: readCall(request) };
  } catch (error) {
    return { call: UNREADABLE_CALL, decodingError: toApiError(error) };
  }
}

/** The operation that a call names. @throws {@link ApiError} when it does not exist. */
function operationOf(request: WireRequest, call: Call, { operations, assumptions }: GatewayParts): Operation {
  if (requestPath(request) !== '/') throw new ApiError(assumptions.unknownAction);
  if (request.method !== 'GET' && request.method !== 'POST') throw new ApiError('UnsupportedHTTPMethod');
  if (call.action === undefined) throw missingParameter('Action');
  if (call.version === undefined) throw missingParameter('Version');
  const sameVersion = operations.filter(({ version }) => version === call.version);
  if (sameVersion.length === 0) throw new ApiError(assumptions.unknownVersion);
  const operation = sameVersion.find(({ name }) => name === call.action);
  if (operation === undefined) throw new ApiError(assumptions.unknownAction);
  return operation;
}

function perform(
  request: WireRequest,
  call: Call,
  operation: Operation,
  parts: GatewayParts,
): { fields: Readonly<Record<string, unknown>>; warning?: string | undefined } {
  const now = parts.clock.now();
  if (operation.anonymous === true && call.scheme === 'anonymous') {
    return { fields: operation.answer(call.parameters, { ...parts, now, principal: undefined }) };
  }
  const context = { ...parts, now };
  const { principal, warning } = parts.lenient
    ? authenticateLeniently(request, call, context)
    : { principal: authenticate(request, call, context), warning: undefined };
  const limits = parts.keys.find(principal.accessKeyId)?.throttle;
  parts.throttle.take({ accessKeyId: principal.accessKeyId, operation: operation.name, now }, limits);
  if (operation.ramAction !== undefined) authorize(principal, operation.ramAction);
  return { fields: operation.answer(call.parameters, { ...context, principal }), warning };
}

function formatOf(request: WireRequest, call: Call, assumptions: Assumptions): Format {
  return answerFormat(request, call.parameters, assumptions.rpcDefaultFormat);
}
