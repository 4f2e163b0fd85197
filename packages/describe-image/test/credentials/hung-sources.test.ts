import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import {
  type CredentialHost,
  cliProfileCredentials,
  credentialsUri,
  defaultCredentials,
  type HostRequest,
} from '../../src/credentials/index.ts';
import { createClient } from '../../src/index.ts';
import { describeImageCriteriaOperation } from '../../src/protocol/index.ts';
import { configOf, machine } from './machine.ts';
import { serve } from './serve.ts';

function deferred(): { readonly promise: Promise<unknown>; readonly resolve: (value: unknown) => void } {
  let resolve = (_value: unknown): void => {};
  const promise = new Promise<unknown>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A host whose requests and programs report how they ended. */
function observed(host: CredentialHost): { readonly host: CredentialHost; readonly ended: Promise<unknown> } {
  const { promise: ended, resolve } = deferred();
  const observe = <Result>(work: Promise<Result> | undefined): Promise<Result> => {
    work?.catch(resolve);
    return work ?? Promise.reject(new Error('the host runs no programs'));
  };
  return {
    ended,
    host: {
      ...host,
      request: (request: HostRequest) => observe(host.request(request)),
      runProcess: (...call) => observe(host.runProcess?.(...call)),
    },
  };
}

it('closes the connection of a service that does not answer when the only caller aborts', async () => {
  const arrived = deferred();
  const silent = await serve(() => {
    arrived.resolve(undefined);
    return undefined;
  });
  const { host, ended } = observed(machine().host);
  const caller = new AbortController();
  const call = credentialsUri(silent.origin, { host })({ signal: caller.signal });
  await arrived.promise;
  caller.abort();
  await expect(call).rejects.toMatchObject({ code: 'Abort' });
  expect(await ended).toMatchObject({ code: 'Abort' });
  expect(silent.requests).toHaveLength(1);
});

it('stops a chain at the source that hangs when the only caller aborts', async () => {
  const arrived = deferred();
  const silent = await serve(() => {
    arrived.resolve(undefined);
    return undefined;
  });
  const other = await serve(() => ({ status: 404, text: '' }));
  const { environment, host: bare } = machine({ ALIBABA_CLOUD_CREDENTIALS_URI: other.origin });
  const { host, ended } = observed({ ...bare, metadataOrigin: silent.origin });
  environment['ALIBABA_CLOUD_ECS_METADATA'] = 'web-role';
  const caller = new AbortController();
  const call = defaultCredentials({ host })({ signal: caller.signal });
  await arrived.promise;
  caller.abort();
  await expect(call).rejects.toMatchObject({ code: 'Abort' });
  await ended;
  expect(other.requests).toEqual([]);
});

it('ends a program that hangs when the only caller aborts', async () => {
  const { host: bare, home, write } = machine();
  const pidFile = join(home, 'pid');
  const script = write(
    'hang.mjs',
    `import { writeFileSync } from 'node:fs';
     writeFileSync(process.argv[2], String(process.pid));
     setInterval(() => {}, 1000);`,
  );
  const process_command = `"${process.execPath}" "${script}" "${pidFile}"`;
  write('.aliyun/config.json', configOf({ mode: 'External', process_command }));
  const { host, ended } = observed(bare);
  const caller = new AbortController();
  const call = cliProfileCredentials({ host, allowProcess: true })({ signal: caller.signal });
  const pid = await vi.waitFor(() => {
    const written = Number(readFileSync(pidFile, 'utf8'));
    expect(written).toBeGreaterThan(0);
    return written;
  }, 30_000);
  caller.abort();
  await expect(call).rejects.toMatchObject({ code: 'Abort' });
  expect(await ended).toMatchObject({ name: 'AbortError' });
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 30_000);
});

it('closes the connection of a service that does not answer when the time limit of a client call passes', async () => {
  const silent = await serve(() => undefined);
  const { host, ended } = observed(machine().host);
  const client = createClient({
    endpoint: 'http://127.0.0.1:9',
    credentials: credentialsUri(silent.origin, { host }),
  });
  const call = client.call(describeImageCriteriaOperation, {}, { totalTimeoutMs: 200 });
  await expect(call).rejects.toMatchObject({ code: 'Timeout' });
  expect(await ended).toMatchObject({ code: 'Abort' });
  client.close();
});
