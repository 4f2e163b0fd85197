#!/usr/bin/env node
import { once } from 'node:events';
import module from 'node:module';
import process from 'node:process';

// Caches compiled code for the next start. Node 20 has no compile cache. Imported after it is enabled, so that main.ts is cached.
module.enableCompileCache?.();
const { main } = await import('./main.ts');

// The first SIGINT aborts calls in flight. The second one has no listener and ends the process.
const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort(new Error('received SIGINT')));

// A reader such as `head` may close the pipe early; that is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

process.exitCode = await main(process.argv.slice(2), {
  stdout: {
    write: (text) => process.stdout.write(text),
    drained: () => (process.stdout.writableNeedDrain ? once(process.stdout, 'drain') : undefined),
    isTTY: process.stdout.isTTY,
    columns: process.stdout.columns,
  },
  stderr: process.stderr,
  environment: process.env,
  signal: interruption.signal,
  createClient: async (options) => (await import('@describe-image/core')).createClient(options),
});
