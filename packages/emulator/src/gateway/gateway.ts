import type { Assumptions } from '../assumptions.ts';
import type { EmulatorClock } from '../clock.ts';
import type { Operation } from '../operations/operation.ts';
import type { RequestLog } from '../request-log.ts';
import type { World } from '../world/world.ts';
import { authenticate } from './authenticate.ts';
import { answerFormat, type Call, readCall } from './call.ts';
import { type Answer, errorDocument, successDocument } from './error-document.ts';
import type { KeyRing } from './key-ring.ts';
import type { NonceMemory } from './nonce-memory.ts';
import { authorize } from './ram-policy.ts';
import { missing, Refusal } from './refusal.ts';
import type { RequestIds } from './request-ids.ts';
import { headerValue, requestPath, type WireRequest } from './wire-request.ts';

export interface GatewayParts {
  readonly clock: EmulatorClock;
  readonly assumptions: Assumptions;
  readonly keys: KeyRing;
  readonly nonces: NonceMemory;
  readonly requestIds: RequestIds;
  readonly world: World;
  readonly operations: readonly Operation[];
  readonly log: RequestLog;
}

/** Answers one RPC request: read, authenticate, authorize, carry out, or refuse. */
export function answerRequest(request: WireRequest, parts: GatewayParts): Answer {
  const requestId = parts.requestIds.next();
  const now = parts.clock.now();
  let call: Call | undefined;
  let operation: Operation | undefined;
  let answer: Answer;
  let code: string | undefined;
  try {
    call = readCall(request);
    operation = carryable(request, call, parts);
    const principal = authenticate(request, call, { ...parts, now });
    authorize(principal, operation.ramAction);
    const fields = operation.answer(call.parameters, parts);
    answer = successDocument(fields, {
      requestId,
      action: operation.name,
      format: formatOf(request, call, parts),
    });
  } catch (error) {
    const refusal = asRefusal(error);
    code = refusal.code;
    answer = errorDocument(refusal, {
      requestId,
      hostId: (headerValue(request, 'host') ?? '').replace(/:\d+$/, ''),
      product: operation?.product ?? 'Sas',
      format: formatOf(request, call, parts),
    });
  }
  parts.log.add(request, call, { time: now, status: answer.status, code, requestId });
  return answer;
}

/** The operation a call names. @throws {@link Refusal} when there is none such. */
function carryable(request: WireRequest, call: Call, { operations, assumptions }: GatewayParts): Operation {
  if (requestPath(request) !== '/') throw new Refusal(assumptions.unknownAction);
  if (request.method !== 'GET' && request.method !== 'POST') throw new Refusal('UnsupportedHTTPMethod');
  if (call.action === undefined) throw missing('Action');
  if (call.version === undefined) throw missing('Version');
  const sameVersion = operations.filter(({ version }) => version === call.version);
  if (sameVersion.length === 0) throw new Refusal(assumptions.unknownVersion);
  const operation = sameVersion.find(({ name }) => name === call.action);
  if (operation === undefined) throw new Refusal(assumptions.unknownAction);
  return operation;
}

function formatOf(
  request: WireRequest,
  call: Call | undefined,
  { assumptions }: GatewayParts,
): 'JSON' | 'XML' {
  return answerFormat(request, call?.parameters ?? new Map(), assumptions.rpcDefaultFormat);
}

// A defect of the emulator must look like one: the service's own word for it, with the cause on stderr.
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  return new Refusal('InternalError');
}
