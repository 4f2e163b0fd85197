#!/usr/bin/env node
import { once } from 'node:events';
import module from 'node:module';
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import type { CliContext } from './context.ts';

const argv = process.argv.slice(2);
// The argument parser and all commands take longer to load than Node takes to start.
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${manifest.version}\n`);
  process.exit(0);
}

// Caches compiled code for the next start. Node 20 has no compile cache. Imported after it is enabled, so that main.ts is cached.
module.enableCompileCache?.();
const { main, reportOutputError } = await import('./main.ts');

/** Within this time after SIGINT a command ends by itself. */
const INTERRUPTION_MS = 800;
const INTERRUPTED = 130;

// The first SIGINT aborts calls in flight. The second one has no listener and ends the process.
const interruption = new AbortController();
process.once('SIGINT', () => {
  interruption.abort(new Error('received SIGINT'));
  // A command can wait for something that cannot be aborted, such as a reader that does not read.
  setTimeout(() => process.exit(INTERRUPTED), INTERRUPTION_MS).unref();
});

const context: CliContext = {
  stdout: {
    write: (text) => process.stdout.write(text),
    drained: () => (process.stdout.writableNeedDrain ? once(process.stdout, 'drain') : undefined),
    isTTY: process.stdout.isTTY,
    columns: process.stdout.columns,
  },
  stderr: process.stderr,
  readStdin: async () => (await import('node:stream/consumers')).text(process.stdin),
  onExitCode: (exitCode) => {
    process.exitCode = exitCode;
  },
  environment: process.env,
  signal: interruption.signal,
  createClient: async (options) => (await import('@describe-image/core')).createClient(options),
};

process.stdout.on('error', async (error: NodeJS.ErrnoException) => {
  // A reader such as `head` may close the pipe early; that is not an error.
  process.exit(error.code === 'EPIPE' ? process.exitCode : await reportOutputError(error, argv, context));
});
// Without a reader of messages, the exit code is all that is left.
process.stderr.on('error', () => undefined);

process.exitCode = await main(argv, context);
