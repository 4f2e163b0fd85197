import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** A chat model with fixed responses. */
export interface ScriptedModel extends AsyncDisposable {
  /** The base URL for n8n's OpenAI credential. */
  readonly url: string;
}

/** Starts a chat model that calls the first tool once and then returns the result of the tool. */
export async function startScriptedModel(toolArguments: object): Promise<ScriptedModel> {
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    const reply = completion(Prompt.parse(body), toolArguments);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function completion({ messages, tools }: z.infer<typeof Prompt>, toolArguments: object): object {
  const toolResult = messages.findLast(({ role }) => role === 'tool');
  const [tool] = tools ?? [];
  const message =
    toolResult === undefined && tool !== undefined
      ? {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: tool.function.name, arguments: JSON.stringify(toolArguments) },
            },
          ],
        }
      : { role: 'assistant', content: JSON.stringify(toolResult?.content ?? 'no tool was offered') };
  const finish = toolResult === undefined ? 'tool_calls' : 'stop';
  const choices = [{ index: 0, message, finish_reason: finish, logprobs: null }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 0, model: 'scripted', choices, usage };
}

const Prompt = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).optional(),
});
