import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

/** Serves one client on stdin and stdout. Resolves when it disconnects. */
export async function serveStdio(server: McpServer, signal: AbortSignal | undefined): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once('end', resolve);
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
  // Reading stdin would keep the process running.
  process.stdin.destroy();
}
