import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import { freePort, startService } from './start-service.ts';

/** How the superuser of a database cluster connects. */
export interface Postgres extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** Creates a database cluster in a temporary folder and starts it. Disposing stops it and deletes the folder. */
export async function startPostgres(logs: string): Promise<Postgres> {
  await using cleanup = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-postgres-'));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  const user = await databaseUser();
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')];
  const password = randomBytes(18).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [folder, passwordFile]) if (user !== undefined) chownSync(path, user.uid, user.gid);

  const name = 'describe_image';
  const encoding = ['--encoding=UTF8', '--locale=C.UTF-8'];
  const access = [`--username=${name}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync'];
  await runProgram([program('initdb'), `--pgdata=${data}`, ...encoding, ...access], {
    cwd: folder,
    ...(user !== undefined && { user }),
  });
  const port = await freePort();
  cleanup.use(
    await startService({
      name: 'postgres',
      logs,
      // No socket file, and no fsync: the database is deleted at the end.
      command: [program('postgres'), '-D', data, '-h', HOST, '-p', String(port), '-k', '', '-c', 'fsync=off'],
      ready: 'database system is ready to accept connections',
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      stopSignal: 'SIGINT', // SIGTERM waits for every client
      ...(user !== undefined && { user }),
    }),
  );
  const kept = cleanup.move();
  return {
    host: HOST,
    port,
    user: name,
    password,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

const HOST = '127.0.0.1';

/** PostgreSQL does not run as root. Its package creates a user for it. */
async function databaseUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string): Promise<number> =>
    Number(await runProgram(['id', flag, 'postgres'], { cwd: tmpdir() }));
  return { uid: await id('-u'), gid: await id('-g') };
}

/** On Debian the programs of the server are not in PATH, but in one folder per version. */
function program(name: string): string {
  const versions = '/usr/lib/postgresql';
  const newest = existsSync(versions)
    ? readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0]
    : undefined;
  return newest === undefined ? name : join(versions, newest, 'bin', name);
}
