import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@describe-image/services';
import { ARTIFACTS, N8N_HOST } from './folders.ts';
import { n8nCommand } from './run-n8n.ts';

export interface N8nServer extends AsyncDisposable {
  readonly url: string;
  /** The file that it writes to. */
  readonly log: string;
  /** Rejects when n8n ends by itself. */
  readonly ended: Promise<never>;
}

/**
 * Starts n8n and waits until it answers.
 *
 * @throws Error with the end of its log, when it ends instead.
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
    throw new Error(`n8n ended with exit code ${code}; the end of ${log}:\n${lastLines(log)}`);
  });
  ended.catch(() => {}); // whoever waits for it learns of it

  const url = `http://127.0.0.1:${settings['N8N_PORT']}`;
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill('SIGTERM');
    await closed;
  };
  try {
    await Promise.race([isReady(url), ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, log, ended, [Symbol.asyncDispose]: stop };
}

async function isReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(500);
  }
  throw new Error(`n8n does not answer at ${url}`);
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
