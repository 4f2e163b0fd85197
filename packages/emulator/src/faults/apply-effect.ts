import { ApiError } from '../gateway/api-error.ts';
import { type Answer, type ErrorContext, errorDocument } from '../gateway/response-document.ts';
import type { FaultEffect } from './fault-rule.ts';

/** An answer and how it is sent. */
export interface Delivery {
  readonly answer: Answer;
  readonly transfer:
    | { readonly kind: 'whole' }
    | { readonly kind: 'hang' }
    | { readonly kind: 'reset' }
    | { readonly kind: 'cut'; readonly bytes: number }
    | { readonly kind: 'slow'; readonly chunkBytes: number; readonly intervalMs: number };
}

/** Applies the effect of a rule to an answer. */
export function applyEffect(
  effect: FaultEffect | undefined,
  answer: Answer,
  context: ErrorContext,
): Delivery {
  switch (effect?.kind) {
    case undefined:
      return whole(answer);
    case 'error':
      return whole(errorDocument(errorOf(effect), { ...context, format: effect.format ?? context.format }));
    case 'throttle':
      return whole(errorDocument(throttling(effect), context));
    case 'hang':
    case 'reset':
      return { answer, transfer: { kind: effect.kind } };
    case 'cut-body':
      return { answer, transfer: { kind: 'cut', bytes: effect.bytes ?? half(answer) } };
    case 'truncate':
      return whole({ ...answer, body: bytesOf(answer).subarray(0, effect.bytes ?? half(answer)) });
    case 'slow-body':
      return {
        answer,
        transfer: { kind: 'slow', chunkBytes: effect.chunkBytes ?? 16, intervalMs: effect.intervalMs ?? 100 },
      };
    case 'html':
      return whole(htmlPage(effect.status ?? 502));
    case 'empty-body':
      return whole({ ...answer, status: effect.status ?? answer.status, body: '' });
    case 'content-type':
      return whole({
        ...answer,
        headers: { ...answer.headers, 'content-type': effect.contentType ?? 'text/plain' },
      });
    case 'no-digest':
      return whole(withData(answer, context, DATA_WITHOUT_DIGEST[effect.shape ?? 'no-data']));
    case 'junk-digest':
      return whole(withData(answer, context, { Data: { Digest: effect.digest ?? 'not-a-digest' } }));
    case 'response':
      return whole({ status: effect.status, headers: effect.headers ?? {}, body: effect.body });
  }
}

const DATA_WITHOUT_DIGEST = {
  'no-data': {},
  'empty-data': { Data: {} },
  'null-digest': { Data: { Digest: null } },
  'empty-digest': { Data: { Digest: '' } },
} as const;

function whole(answer: Answer): Delivery {
  return { answer, transfer: { kind: 'whole' } };
}

function errorOf(effect: Extract<FaultEffect, { kind: 'error' }>): ApiError {
  const { code, status, message, retryAfterMs } = effect;
  return new ApiError(code, {
    ...(status !== undefined && { status }),
    ...(message !== undefined && { message }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function throttling(effect: Extract<FaultEffect, { kind: 'throttle' }>): ApiError {
  const { scope = 'User', retryAfterMs } = effect;
  return new ApiError(`Throttling.${scope}`, retryAfterMs === undefined ? {} : { retryAfterMs });
}

function withData(answer: Answer, { requestId }: ErrorContext, fields: object): Answer {
  return { ...answer, status: 200, body: JSON.stringify({ RequestId: requestId, ...fields }) };
}

function htmlPage(status: number): Answer {
  const title = `${status} ${status === 502 ? 'Bad Gateway' : 'Error'}`;
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  };
}

function bytesOf(answer: Answer): Buffer {
  return Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body, 'utf8');
}

function half(answer: Answer): number {
  return Math.floor(bytesOf(answer).length / 2);
}
