import { join } from 'node:path';
import { freePort, runProgram } from '@describe-image/services';
import { N8N_HOST } from './folders.ts';

/** The command line of n8n, as arguments of a spawn. */
export function n8nCommand(...args: readonly string[]): string[] {
  return [process.execPath, join(N8N_HOST, 'node_modules/n8n/bin/n8n'), ...args];
}

/** Runs a command of n8n to its end; also beside a running server, whose port for task runners is taken. */
export async function runN8n(settings: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> {
  const env = { ...settings, N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
  return runProgram(n8nCommand(...args), { cwd: N8N_HOST, env });
}
