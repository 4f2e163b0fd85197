#!/usr/bin/env node
import { once } from 'node:events';
import process from 'node:process';
import { main } from './main.ts';

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
