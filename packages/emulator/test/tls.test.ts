import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@describe-image/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../src/command/run-command.ts';
import { createEmulator, demoCredentials, type Emulator } from '../src/index.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({ tls: true });
});
afterAll(() => emulator.close());

const image = {
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: 'cri-3xk9v2m7q4wz8d1p',
  imageRepoId: 'crr-a1c7e9k2m4p6r8t0',
  imageTag: '1.4.2',
};
const connect = (target: Emulator, { trusted = true } = {}) =>
  createClient({
    endpoint: target.url,
    credentials: demoCredentials,
    proxy: false,
    maxRetries: 0,
    tls: trusted ? { ca: target.certificate } : undefined,
  });

describe('an emulator with TLS', () => {
  it('serves HTTPS with a certificate that clients can trust', async () => {
    expect(emulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator.certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect((await connect(emulator).describeImage(image)).digest).toMatch(/^sha256:/);
    const byName = createClient({
      endpoint: emulator.url.replace('127.0.0.1', 'localhost'),
      credentials: demoCredentials,
      proxy: false,
      tls: { ca: emulator.certificate },
    });
    expect((await byName.describeImage(image)).digest).toMatch(/^sha256:/);
  });

  it('is not trusted without the certificate, and has another one at each start', async () => {
    await expect(connect(emulator, { trusted: false }).describeImage(image)).rejects.toMatchObject({
      code: 'Network',
    });
    await using other = await createEmulator({ tls: true });
    expect(other.certificate).not.toBe(emulator.certificate);
  });

  it('answers the admin API', async () => {
    const status = await new Promise((resolve, reject) =>
      request(`${emulator.url}/_emulator/clock`, { ca: emulator.certificate ?? '' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end(),
    );
    expect(status).toBe(200);
  });

  it.each(['reset', 'cut-body', 'hang'] as const)('simulates the fault %s', async (kind) => {
    emulator.faults.add({ times: 1, effect: { kind } });
    const client = connect(emulator);
    await expect(client.describeImage(image, { attemptTimeoutMs: 500 })).rejects.toMatchObject({
      code: kind === 'hang' ? 'Timeout' : 'Network',
    });
    client.close();
    emulator.faults.clear();
  });

  it('issues credentials of a role to the official package, which accepts HTTPS only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-tls-'));
    try {
      const ca = join(folder, 'ca.pem');
      await writeFile(ca, emulator.certificate ?? '');
      const script = `
        const { default: { default: Credential, Config } } = await import('@alicloud/credentials');
        const { accessKeyId, accessKeySecret, stsEndpoint } = JSON.parse(process.argv[1]);
        const roleArn = 'acs:ram::1234567890123456:role/image-reader';
        const config = new Config({ type: 'ram_role_arn', accessKeyId, accessKeySecret, roleArn, stsEndpoint });
        const { securityToken } = await new Credential(config).getCredential();
        console.log(securityToken === undefined ? 'no token' : 'token');
        process.exit(0);`;
      const settings = JSON.stringify({ ...demoCredentials, stsEndpoint: new URL(emulator.url).host });
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', script, settings],
        { cwd: fileURLToPath(new URL('.', import.meta.url)), env: { NODE_EXTRA_CA_CERTS: ca } },
      );
      expect(stdout.trim()).toBe('token');
      expect(emulator.requests.at(-1)).toMatchObject({ operation: 'AssumeRole', code: undefined });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('describe-image-emulator --tls', () => {
  let folder: string;
  let running: Emulator | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emulator-tls-'));
  });
  afterEach(async () => {
    await running?.close();
    running = undefined;
    await rm(folder, { recursive: true });
  });

  async function run(...argv: string[]) {
    const lines: string[] = [];
    const print = (line: string): unknown => lines.push(line);
    const result = await runCommand(argv, { version: '1.2.3', stdout: print, stderr: print });
    if (typeof result !== 'number') running = result;
    return { result, text: lines.join('\n') };
  }

  it('generates a certificate and saves it for clients', async () => {
    const file = join(folder, 'ca.pem');
    const { text } = await run('--tls', '--save-cert', file, '--admin-token', 'correct-horse-battery');
    expect(await readFile(file, 'utf8')).toBe(running?.certificate);
    expect(text).toContain(`export NODE_EXTRA_CA_CERTS=${file}`);
    expect(text).toContain(`--endpoint https://127.0.0.1:${running?.port}`);
    expect(text).not.toContain('correct-horse-battery');
  });

  it('uses a given certificate', async () => {
    const fixtures = new URL('../../describe-image/test/fixtures/', import.meta.url);
    const [cert, key] = ['loopback-cert.pem', 'loopback-key.pem'].map((name) =>
      fileURLToPath(new URL(name, fixtures)),
    );
    await run('--tls-cert', String(cert), '--tls-key', String(key));
    expect(running?.certificate).toBe(await readFile(String(cert), 'utf8'));
    if (running === undefined) throw new Error('the emulator did not start');
    expect((await connect(running).describeImage(image)).digest).toMatch(/^sha256:/);
  });

  it.each([
    [['--tls-cert', 'a.pem'], '--tls-cert and --tls-key must be given together'],
    [['--save-cert', 'a.pem'], '--save-cert requires --tls'],
    [
      ['--tls-cert', '/nowhere/a.pem', '--tls-key', '/nowhere/b.pem'],
      '--tls-cert /nowhere/a.pem: the file cannot be read',
    ],
    [['--tls', '--save-cert', '/nowhere/a.pem'], '--save-cert /nowhere/a.pem: the file cannot be written'],
    [['--admin-token', 'short'], 'adminToken must be at least 16 ASCII characters'],
  ])('rejects %j with exit code 2', async (argv, message) => {
    const { result, text } = await run(...argv);
    expect(result).toBe(2);
    expect(text).toContain(message);
  });
});
