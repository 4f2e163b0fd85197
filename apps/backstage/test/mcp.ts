import { z } from 'zod';
import type { GuestSession } from '../src/guest-session.ts';

export interface Action {
  readonly name: string;
  readonly annotations: Readonly<Record<string, unknown>>;
}

const Listing = z.object({
  result: z.object({
    tools: z.array(z.object({ name: z.string(), annotations: z.record(z.string(), z.unknown()) })),
  }),
});
const Called = z.object({ result: z.object({ isError: z.boolean().optional(), content: z.unknown() }) });

/** Lists the actions available to agents. */
export async function listActions(guest: GuestSession): Promise<readonly Action[]> {
  return Listing.parse(await send(guest, 'tools/list', {})).result.tools;
}

/** Calls an action and returns its result. */
export async function callAction(guest: GuestSession, name: string, input: object): Promise<unknown> {
  const { result } = Called.parse(await send(guest, 'tools/call', { name, arguments: input }));
  if (result.isError) throw new Error(`${name} failed: ${JSON.stringify(result.content)}`);
  return result;
}

/** Sends a JSON-RPC request. The response is JSON or a stream with one event. */
async function send(guest: GuestSession, method: string, params: object): Promise<unknown> {
  const response = await guest.fetch('/mcp-actions/v1', {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const text = await response.text();
  const event = /^data: (.*)$/m.exec(text)?.[1];
  return JSON.parse(event ?? text);
}
