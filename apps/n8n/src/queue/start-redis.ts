import { tmpdir } from 'node:os';
import { freePort } from '../free-port.ts';
import { startService } from './start-service.ts';

/** What n8n is told about the queue. */
interface Redis extends AsyncDisposable {
  readonly settings: Readonly<Record<string, string>>;
}

/** Starts the machine's Redis, which keeps everything in memory and forgets it at its end. */
export async function startRedis(): Promise<Redis> {
  const port = String(await freePort());
  const memoryOnly = ['--save', '', '--appendonly', 'no'];
  const service = await startService({
    name: 'redis',
    command: ['redis-server', '--bind', '127.0.0.1', '--port', port, ...memoryOnly],
    ready: 'Ready to accept connections',
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] },
  });
  return {
    settings: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port },
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}
