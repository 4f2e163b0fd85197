import type { Client } from '@describe-image/core';
import type { CommandInput } from '../command-definition.ts';
import { subjectFrom } from '../commands/doctor-run.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { withClient } from '../with-client.ts';
import { createCallBudget } from './call-budget.ts';
import { createServer } from './create-server.ts';
import type { ToolHost } from './tools.ts';

export { operations } from '../verify/verify-run.ts';

const CALLS_PER_MINUTE = 60;

/** Serves until the client disconnects or SIGINT. */
export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const budget = createCallBudget(options.number('callsPerMinute') ?? CALLS_PER_MINUTE);
  const port = options.number('http');
  const serve = async (client: Client): Promise<void> => {
    const host: ToolHost = {
      client,
      doctor: () => subjectFrom(input, context),
      signal: context.signal,
    };
    const connect = () => createServer(host, budget);
    if (port === undefined) {
      const { serveStdio } = await import('./serve-stdio.ts');
      await serveStdio(connect(), context.signal);
    } else {
      const { serveHttp } = await import('./serve-http.ts');
      await serveHttp(connect, port, context.signal, (url) =>
        context.stderr.write(`describe-image mcp: ${url}\n`),
      );
    }
  };
  await withClient(input, context, serve, { startsWithoutKeys: true });
  return EXIT.found;
}
