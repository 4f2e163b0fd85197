import type { CommandDefinition } from '../command-definition.ts';
import { parseCount } from '../option-parsers.ts';

export const mcpCommand: CommandDefinition = {
  name: 'mcp',
  summary: 'serve the read-only tools of this command to AI agents',
  description: [
    'Runs a server of the Model Context Protocol on stdin and stdout, or with --http on a port of this machine. All tools only read.',
    'The server uses the keys that every command uses. Clients cannot pass keys.',
  ],
  options: [
    {
      flags: '--http <port>',
      description: 'serve streamable HTTP at http://127.0.0.1:<port>/mcp; 0 selects a free port',
      parse: (text) => parseCount('--http', text, 0),
    },
    {
      flags: '--calls-per-minute <count>',
      description: 'maximum number of tool calls per minute (default: 60)',
      parse: (text) => parseCount('--calls-per-minute', text, 1),
    },
  ],
  examples: [
    ['describe-image mcp', 'for clients that start the server, such as editors'],
    ['describe-image mcp --http 7433', 'for clients that connect over HTTP'],
  ],
  load: () => import('./mcp-run.ts'),
};
