import { tmpdir } from 'node:os';
import { freePort, startService } from './start-service.ts';

export interface Redis extends AsyncDisposable {
  /** The port on 127.0.0.1. */
  readonly port: number;
}

/** Starts the installed Redis without persistence. */
export async function startRedis(logs: string): Promise<Redis> {
  const port = await freePort();
  const memoryOnly = ['--save', '', '--appendonly', 'no'];
  const service = await startService({
    name: 'redis',
    logs,
    command: ['redis-server', '--bind', '127.0.0.1', '--port', String(port), ...memoryOnly],
    ready: 'Ready to accept connections',
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] },
  });
  return {
    port,
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}
