import { tmpdir } from 'node:os';
import { freePort } from './free-port.ts';
import { startService } from './start-service.ts';

export interface Redis extends AsyncDisposable {
  /** Of 127.0.0.1. */
  readonly port: number;
}

/** Starts the machine's Redis, which keeps everything in memory and forgets it at its end. */
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
