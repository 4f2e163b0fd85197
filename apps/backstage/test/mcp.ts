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

/** Every action that an agent is offered. */
export async function listActions(guest: GuestSession): Promise<readonly Action[]> {
  return Listing.parse(await ask(guest, 'tools/list', {})).result.tools;
}

/** What an action says. */
export async function callAction(guest: GuestSession, name: string, input: object): Promise<unknown> {
  const { result } = Called.parse(await ask(guest, 'tools/call', { name, arguments: input }));
  if (result.isError) throw new Error(`${name} failed: ${JSON.stringify(result.content)}`);
  return result;
}

/** JSON-RPC over one POST; the answer comes as JSON, or as the one event of a stream. */
async function ask(guest: GuestSession, method: string, params: object): Promise<unknown> {
  const answer = await guest.ask('/mcp-actions/v1', {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const text = await answer.text();
  const event = /^data: (.*)$/m.exec(text)?.[1];
  return JSON.parse(event ?? text);
}
