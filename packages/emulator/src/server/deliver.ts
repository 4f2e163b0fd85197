import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Exchange } from '../exchange.ts';
import type { Answer } from '../gateway/error-document.ts';

/** Puts an exchange on the wire: whole, late, in pieces, cut short, or not at all. */
export async function deliver(
  reply: FastifyReply,
  { delivery, delayMs }: Exchange,
  date: string,
): Promise<void> {
  if (delayMs > 0) await wait(delayMs);
  const { answer, transfer } = delivery;
  const headers = { ...answer.headers, date };
  if (transfer.kind === 'whole') {
    reply.code(answer.status).headers(headers).send(answer.body);
    return;
  }
  reply.hijack();
  const { raw } = reply;
  const bytes = bytesOf(answer);
  switch (transfer.kind) {
    case 'hang':
      return;
    case 'reset':
      raw.socket?.resetAndDestroy();
      return;
    case 'cut':
      raw.writeHead(answer.status, { ...headers, 'content-length': bytes.length });
      raw.write(bytes.subarray(0, transfer.bytes), () => raw.socket?.destroySoon());
      return;
    case 'slow':
      raw.writeHead(answer.status, { ...headers, 'content-length': bytes.length });
      for (let start = 0; start < bytes.length && !raw.destroyed; start += transfer.chunkBytes) {
        raw.write(bytes.subarray(start, start + transfer.chunkBytes));
        await wait(transfer.intervalMs);
      }
      raw.end();
  }
}

function bytesOf(answer: Answer): Buffer {
  return Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body, 'utf8');
}
