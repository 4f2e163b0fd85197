import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { TagEvent } from './tag-history.ts';

/** Where a summary of the events is sent. */
export interface Webhook {
  readonly kind: 'generic' | 'slack' | 'dingtalk';
  readonly url: string;
  /** Signs requests to DingTalk. */
  readonly secret?: string | undefined;
}

interface Delivery {
  readonly signal: AbortSignal | undefined;
  readonly now?: () => number;
  /** Before each retry. */
  readonly delaysMs?: readonly number[];
}

const DELAYS_MS = [1_000, 5_000, 15_000];
const TIMEOUT_MS = 10_000;

/** Sends one message for all events. @throws CommandError after the last retry. */
export async function notify(
  { kind, url, secret }: Webhook,
  events: readonly TagEvent[],
  { signal, now = Date.now, delaysMs = DELAYS_MS }: Delivery,
): Promise<void> {
  let problem = '';
  for (let attempt = 0; attempt <= delaysMs.length; attempt++) {
    if (attempt > 0) await sleep(delaysMs[attempt - 1], undefined, { signal });
    try {
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(secret === undefined ? url : signedUrl(url, secret, now()), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(bodyOf(kind, events)),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      const text = (await response.text()).slice(0, 200);
      // DingTalk answers 200 for errors.
      const isAccepted = response.ok && !(kind === 'dingtalk' && /"errcode":\s*[1-9]/.test(text));
      if (isAccepted) return;
      problem = `HTTP ${response.status} ${text}`;
      if (response.status >= 400 && response.status < 500 && response.status !== 429) break;
    } catch (error) {
      if (signal?.aborted) throw error;
      problem = error instanceof Error ? `${error.message}${causeOf(error)}` : String(error);
    }
  }
  // The URL contains a token.
  const { host } = new URL(url);
  throw new CommandError('Webhook', EXIT.network, `${kind} webhook at ${host}: ${problem}`, 'Check the URL.');
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `: ${cause.message}` : '';
}

/** The signature of DingTalk's robots: HMAC-SHA256 of the time and the secret, with the secret as key. */
export function signedUrl(url: string, secret: string, timestamp: number): string {
  const signed = new URL(url);
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
  signed.searchParams.set('timestamp', String(timestamp));
  signed.searchParams.set('sign', sign);
  return signed.href;
}

function bodyOf(kind: Webhook['kind'], events: readonly TagEvent[]): object {
  if (kind === 'generic') return { schemaVersion: 1, events };
  const text = summaryOf(events);
  return kind === 'slack' ? { text } : { msgtype: 'text', text: { content: text } };
}

const SHOWN = 20;

function summaryOf(events: readonly TagEvent[]): string {
  const lines = events
    .slice(0, SHOWN)
    .map(({ event, image, from, to }) => `${event}: ${image} ${short(from)} → ${short(to)}`);
  const more = events.length > SHOWN ? [`and ${events.length - SHOWN} more`] : [];
  return [`describe-image: ${events.length} changes`, ...lines, ...more].join('\n');
}

export function short(digest: string | null): string {
  return digest?.slice(0, 'sha256:'.length + 12) ?? '(none)';
}
