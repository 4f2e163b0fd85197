import type { EmulatorClock } from './clock.ts';
import { applyEffect, type Delivery } from './faults/apply-effect.ts';
import type { Faults } from './faults/faults.ts';
import type { Answer, ErrorContext } from './gateway/error-document.ts';
import type { WireRequest } from './gateway/wire-request.ts';
import type { LoggedCall, RequestLog } from './request-log.ts';

/** One request and what becomes of it on the wire. */
export interface Exchange {
  readonly delivery: Delivery;
  /** Real milliseconds to hold the answer back. */
  readonly delayMs: number;
}

/** The outcome of carrying a request out. */
export interface Outcome {
  readonly answer: Answer;
  /** The code, when it was refused. */
  readonly code?: string | undefined;
  /** What would have been refused, were the emulator strict. */
  readonly warning?: string | undefined;
}

export interface ExchangeParts {
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  readonly log: RequestLog;
}

/** Carries a request out unless a fault says otherwise, and writes it down. */
export function exchange(
  request: WireRequest,
  call: LoggedCall,
  carryOut: () => Outcome,
  context: ErrorContext,
  { clock, faults, log }: ExchangeParts,
): Exchange {
  const target = { operation: call.action, accessKeyId: call.accessKeyId };
  let fault = faults.take('before', target);
  const outcome = fault === undefined || fault.rule.effect === undefined ? carryOut() : undefined;
  if (fault === undefined && outcome?.code === undefined) fault = faults.take('after', target);
  const delivery = applyEffect(fault?.rule.effect, outcome?.answer ?? UNSEEN, context);
  const answered = delivery.transfer.kind !== 'hang' && delivery.transfer.kind !== 'reset';
  log.add(request, call, {
    time: clock.now(),
    status: answered ? delivery.answer.status : undefined,
    code: outcome?.code,
    warning: outcome?.warning,
    fault: fault?.id,
    requestId: context.requestId,
  });
  return { delivery, delayMs: fault?.rule.delayMs ?? 0 };
}

// What a fault works on when the request was never looked at.
const UNSEEN: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: '{}',
};
