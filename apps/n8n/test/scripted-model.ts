import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export interface ScriptedModel extends AsyncDisposable {
  /** For the base URL of n8n's OpenAI credential. */
  readonly url: string;
}

/** A chat model that calls the first tool it is offered once, and then repeats what the tool said. */
export async function startScriptedModel(argumentsOfTool: object): Promise<ScriptedModel> {
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    const answer = completion(Question.parse(body), argumentsOfTool);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
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

function completion({ messages, tools }: z.infer<typeof Question>, argumentsOfTool: object): object {
  const told = messages.findLast(({ role }) => role === 'tool');
  const [tool] = tools ?? [];
  const message =
    told === undefined && tool !== undefined
      ? {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: tool.function.name, arguments: JSON.stringify(argumentsOfTool) },
            },
          ],
        }
      : { role: 'assistant', content: JSON.stringify(told?.content ?? 'no tool was offered') };
  const finish = told === undefined ? 'tool_calls' : 'stop';
  const choices = [{ index: 0, message, finish_reason: finish, logprobs: null }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 0, model: 'scripted', choices, usage };
}

const Question = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).optional(),
});
