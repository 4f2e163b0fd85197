import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Exchange } from '../exchange.ts';

/**
 * Sends the answer of an exchange: whole, delayed, in pieces, incomplete, or not at all.
 *
 * @remarks Writes to the socket directly: the framework would correct headers that a fault has changed.
 */
export async function deliver(
  reply: FastifyReply,
  { delivery, delayMs }: Exchange,
  { date, reset }: { readonly date: string; readonly reset: (socket: Socket | null) => void },
): Promise<void> {
  reply.hijack();
  if (delayMs > 0) await wait(delayMs);
  const { raw } = reply;
  const { answer, transfer } = delivery;
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body, 'utf8');
  if (transfer.kind === 'hang') return;
  if (transfer.kind === 'reset') {
    reset(raw.socket);
    return;
  }
  raw.writeHead(answer.status, { ...answer.headers, date, 'content-length': bytes.length });
  switch (transfer.kind) {
    case 'whole':
      raw.end(bytes);
      return;
    case 'cut':
      raw.write(bytes.subarray(0, transfer.bytes), () => raw.socket?.destroySoon());
      return;
    case 'slow':
      for (let start = 0; start < bytes.length && !raw.destroyed; start += transfer.chunkBytes) {
        raw.write(bytes.subarray(start, start + transfer.chunkBytes));
        await wait(transfer.intervalMs);
      }
      raw.end();
  }
}
