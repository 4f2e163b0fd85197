import { expect, it, onTestFinished, vi } from 'vitest';
import {
  assumeRole,
  cliProfileCredentials,
  credentialsUri,
  oidcCredentials,
  sharedFileCredentials,
} from '../../src/credentials/index.ts';
import { configOf, machine } from './machine.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';
import { serve } from './serve.ts';
import { PROVIDER_ARN, ROLE_ARN, stsService } from './sts-service.ts';

const KEYS = { accessKeyId: 'LTAItestid', accessKeySecret: 'basesecret' };

/** A host on which reading a file fails, with a secret in the message of the error. */
function failingRead(fault: object) {
  const readFile = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('the text: leakysecret'), fault));
  return machine({}, { readFile }).host;
}

it('keeps the network fault of a source as the cause, and reports that a retry can help', async () => {
  const { host } = machine();
  const error = await rejection(credentialsUri('http://127.0.0.1:9/', { host }));
  expect(error).toMatchObject({
    retryable: true,
    cause: { code: 'Network', cause: { code: 'ECONNREFUSED' } },
  });
});

it('keeps the rejection of STS as the cause, and reports that a retry cannot help', async () => {
  const sts = await stsService({
    before: () => ({ status: 403, json: { Code: 'NoPermission', Message: 'no', RequestId: 'r-1' } }),
  });
  const { host } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: sts.origin });
  const error = await rejection(assumeRole(KEYS, { host, roleArn: ROLE_ARN }));
  expect(error).toMatchObject({ retryable: false, cause: { code: 'Permission', requestId: 'r-1' } });
});

it('keeps the cause of an error that is reported for a profile', async () => {
  const { host, write } = machine();
  write('.aliyun/config.json', configOf({ mode: 'CredentialsURI', credentials_uri: 'http://127.0.0.1:9/' }));
  const error = await rejection(cliProfileCredentials({ host }));
  expect(error).toMatchObject({ retryable: true, cause: { code: 'Network' } });
});

it.each([
  ['EACCES', false],
  ['EMFILE', true],
])('keeps the code of the file error %s, without its text, with retryable %s', async (code, retryable) => {
  const error = await rejection(sharedFileCredentials({ host: failingRead({ code }) }));
  expect(error).toMatchObject({ retryable, cause: { code } });
  expectNoSecret(everythingOf(error), 'leakysecret');
});

it('does not show the code of a file error that is free text', async () => {
  const error = await rejection(sharedFileCredentials({ host: failingRead({ code: 'secret in a code' }) }));
  expectNoSecret(everythingOf(error), 'secret in a code', 'leakysecret');
});

it('keeps only the name and the code of the error of a provider function', async () => {
  const { host } = machine();
  const fault = Object.assign(new TypeError('the text: leakysecret'), { code: 'E_VAULT', keys: KEYS });
  const error = await rejection(assumeRole(() => Promise.reject(fault), { host, roleArn: ROLE_ARN }));
  expect(error).toMatchObject({ retryable: false, cause: { name: 'TypeError', code: 'E_VAULT' } });
  expectNoSecret(everythingOf(error), 'leakysecret', 'basesecret');
});

it('does not show the name of an error of a provider function that is free text', async () => {
  const { host } = machine();
  const fault = Object.assign(new Error('no'), { name: 'failed for leaky secret' });
  const error = await rejection(assumeRole(() => Promise.reject(fault), { host, roleArn: ROLE_ARN }));
  expectNoSecret(everythingOf(error), 'leaky secret');
});

it('keeps the exit code of a program as the cause, without its command line and output', async () => {
  const { host, write } = machine();
  const script = write('fail.mjs', `console.error('leakysecret'); process.exit(3);`);
  const process_command = `"${process.execPath}" "${script}" commandsecret`;
  write('.aliyun/config.json', configOf({ mode: 'External', process_command }));
  const error = await rejection(cliProfileCredentials({ host, allowProcess: true }));
  expect(error).toMatchObject({ retryable: false, cause: { code: '3' } });
  expectNoSecret(everythingOf(error), 'leakysecret', 'commandsecret');
});

it('reports that a retry can help when a program was stopped', async () => {
  const runProcess = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('Command failed: commandsecret'), { killed: true, code: null }));
  const { host, write } = machine({}, { runProcess });
  write('.aliyun/config.json', configOf({ mode: 'External', process_command: 'get-keys commandsecret' }));
  const error = await rejection(cliProfileCredentials({ host, allowProcess: true }));
  expect(error).toMatchObject({ outcome: 'unavailable', retryable: true });
  expectNoSecret(everythingOf(error), 'commandsecret');
});

it.each([
  [200, { Success: false, Code: 'NoPermission' }],
  [403, { Code: 'NoPermission' }],
])('removes the secrets that STS repeats in an answer of HTTP %i', async (status, fields) => {
  const [secret, token] = ['base secret?', 'base/token+1='];
  const Message = `no: ${secret} ${token} ${encodeURIComponent(token)}`;
  const sts = await serve(() => ({
    status,
    json: { ...fields, Message },
    headers: { 'x-acs-request-id': token },
  }));
  const { host } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: sts.origin });
  const base = { accessKeyId: 'STS.base', accessKeySecret: secret, securityToken: token };
  const error = await rejection(assumeRole(base, { host, roleArn: ROLE_ARN }));
  expect(error.message).toContain('no: ');
  expectNoSecret(everythingOf(error), secret, token, encodeURIComponent(token));
});

it('does not show a token in the place of the path of its file', async () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9aA1.eyJzdWIiOiJzeXN0ZW0xIn0aB2.shortSig-part_X/9';
  const { host } = machine({
    ALIBABA_CLOUD_ROLE_ARN: ROLE_ARN,
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER_ARN,
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: token,
  });
  const error = await rejection(oidcCredentials({ host }));
  expectNoSecret(everythingOf(error), ...token.split('.'), 'part_X/9');
});

it('does not show the password of a proxy that cannot be reached', async () => {
  vi.stubEnv('http_proxy', 'http://proxyuser:proxypassword@127.0.0.1:9');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { host } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: 'http://sts.example' });
  const error = await rejection(assumeRole(KEYS, { host, roleArn: ROLE_ARN }));
  expect(error).toMatchObject({ outcome: 'unavailable', cause: { code: 'Network' } });
  expectNoSecret(everythingOf(error), 'proxypassword', btoa('proxyuser:proxypassword'));
});
