import type { EmulatorClock } from './clock.ts';
import { applyEffect, type Delivery } from './faults/apply-effect.ts';
import type { Faults } from './faults/faults.ts';
import type { Answer, ErrorContext } from './gateway/response-document.ts';
import type { WireRequest } from './gateway/wire-request.ts';
import type { LoggedCall, RequestLog } from './request-log.ts';

/** The answer to one request, and how it is sent. */
export interface Exchange {
  readonly delivery: Delivery;
  /** How long the answer is delayed, in real milliseconds. */
  readonly delayMs: number;
}

/** The result of executing a request. */
export interface Outcome {
  readonly answer: Answer;
  /** The code of the error, when the request was rejected. */
  readonly code?: string | undefined;
  /** The code of the error that a strict emulator would have returned. */
  readonly warning?: string | undefined;
}

export interface ExchangeParts {
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  readonly log: RequestLog;
}

/** Executes a request unless a fault replaces it, and adds it to the log. */
export function exchange(
  request: WireRequest,
  call: LoggedCall,
  execute: () => Outcome,
  context: ErrorContext,
  { clock, faults, log }: ExchangeParts,
): Exchange {
  const target = { operation: call.action, accessKeyId: call.accessKeyId };
  let fault = faults.take('before', target);
  const outcome = fault === undefined || fault.rule.effect === undefined ? execute() : undefined;
  if (fault === undefined && outcome?.code === undefined) fault = faults.take('after', target);
  const delivery = applyEffect(fault?.rule.effect, outcome?.answer ?? EMPTY_ANSWER, context);
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

// The answer that a fault changes when the request was not executed.
const EMPTY_ANSWER: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: '{}',
};
