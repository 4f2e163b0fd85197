import type { ClientHooks } from '@describe-image/core';
import type { CliStream } from '../context.ts';
import { printable } from './printable.ts';

/** Says what goes over the wire, a line each. What core hands out holds no secrets. */
export function verboseHooks(stderr: CliStream): ClientHooks {
  const say = (line: string): unknown => stderr.write(`${printable(line)}\n`);
  return {
    onRequest: ({ action, endpoint, attempt, method, query }) =>
      say(`> ${method} ${endpoint} ${action}, attempt ${attempt}${query === '' ? '' : `: ${query}`}`),
    onResponse: ({ action, status, requestId, durationMs }) =>
      say(`< ${status} ${action}, ${Math.round(durationMs)} ms, request id ${requestId ?? 'not given'}`),
    onRetry: ({ action, delayMs, error }) =>
      say(`~ ${action} again in ${Math.round(delayMs)} ms: ${error.message}`),
  };
}
