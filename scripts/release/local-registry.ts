import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mustRun } from '../workspace/run-command.ts';

/** An npm registry on loopback: packages of ours are published to it, all others come from the registry of the machine. */
export interface LocalRegistry {
  readonly url: string;
  /** The registry of the machine. */
  readonly uplink: string;
  /** @throws when the registry refuses the tarball. */
  publish(tarball: string): Promise<void>;
  /** Ends the registry and waits for its process. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

/**
 * Starts Verdaccio on a free port.
 *
 * @param folder - Where it keeps its configuration and its packages. Must exist.
 * @param uplink - URL of the registry for packages that are not ours.
 * @throws when it does not answer within a minute; the error contains its log.
 */
export async function startLocalRegistry(folder: string, uplink: string): Promise<LocalRegistry> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  mkdirSync(join(folder, 'storage'), { recursive: true });
  const config = join(folder, 'verdaccio.json');
  writeFileSync(config, JSON.stringify(verdaccioConfig(join(folder, 'storage'), uplink)));
  const userconfig = join(folder, 'npmrc');
  // npm refuses to publish without a token. Verdaccio accepts any publisher on loopback.
  writeFileSync(userconfig, `//127.0.0.1:${port}/:_authToken=rehearsal\n`);

  const child = spawn(
    process.execPath,
    [verdaccioProgram(), '--config', config, '--listen', `127.0.0.1:${port}`],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  const stop = (): Promise<void> => end(child);
  try {
    await untilReady(child, url);
  } catch (cause) {
    await stop();
    throw new Error(`Verdaccio did not start\n${log}`, { cause });
  }
  return {
    url,
    uplink,
    async publish(tarball) {
      await mustRun(
        ['npm', 'publish', tarball, '--registry', url, '--userconfig', userconfig, '--access', 'public'],
        {
          cwd: folder,
          quiet: true,
        },
      );
    },
    stop,
  };
}

function verdaccioConfig(storage: string, uplink: string): object {
  return {
    storage,
    uplinks: { machine: { url: uplink, timeout: '60s', max_fails: 20, fail_timeout: '10s', cache: true } },
    packages: {
      '@describe-image/*': { access: '$all', publish: '$all', unpublish: '$all' },
      '**': { access: '$all', proxy: 'machine' },
    },
    max_body_size: '64mb',
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
  };
}

function verdaccioProgram(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('verdaccio/package.json');
  return join(dirname(manifest), 'bin/verdaccio');
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it exited with ${child.exitCode}`);
    const ready = await fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await delay(200);
  }
  throw new Error(`no answer within ${START_LIMIT_MS} ms`);
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
