import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@describe-image/services';
import { ARTIFACTS, N8N_HOST } from './folders.ts';
import { n8nCommand } from './n8n-process.ts';

/** A running n8n. */
export interface N8nServer extends AsyncDisposable {
  readonly url: string;
  /** The path of the log file. */
  readonly log: string;
  /** Rejects when n8n exits by itself. */
  readonly ended: Promise<never>;
}

/**
 * Starts n8n and waits until it is ready.
 *
 * @throws Error with the end of the log, when n8n exits first.
 */
export async function startN8nServer(settings: NodeJS.ProcessEnv): Promise<N8nServer> {
  mkdirSync(ARTIFACTS, { recursive: true });
  const log = join(ARTIFACTS, 'n8n.log');
  const file = openSync(log, 'w');
  const [program = '', ...args] = n8nCommand('start');
  const child = spawn(program, args, {
    cwd: N8N_HOST,
    env: { ...settings, N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  let stopping = false;
  const closed = once(child, 'close');
  const ended = closed.then(([code]): never => {
    if (stopping) throw new Error('n8n was stopped');
    throw new Error(`n8n: exited with code ${code}. Last lines of ${log}:\n${lastLines(log)}`);
  });
  // Avoids an unhandled rejection when no caller awaits it.
  ended.catch(() => {});

  const url = `http://127.0.0.1:${settings['N8N_PORT']}`;
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill('SIGTERM');
    // n8n waits for executions in progress.
    const killing = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await closed;
    clearTimeout(killing);
  };
  try {
    await Promise.race([waitUntilReady(url), ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, log, ended, [Symbol.asyncDispose]: stop };
}

async function waitUntilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const response = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(500);
  }
  throw new Error(`n8n: not ready within 300 s at ${url}`);
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
