#!/usr/bin/env node
import { once } from 'node:events';
import module from 'node:module';
import process from 'node:process';

// Keeps compiled code for the next start. Node 20 has no such cache, hence the question mark and the late import.
module.enableCompileCache?.();
const { main } = await import('./main.ts');

// The first signal aborts the call; a second one finds no listener and ends the process at once.
const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort(new Error('received SIGINT')));

// A reader such as `head` that has seen enough is no failure of ours.
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
