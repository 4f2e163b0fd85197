import { expect, it } from 'vitest';
import { credentialsUri } from '../../src/credentials/index.ts';
import { machine, START } from './machine.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';
import { serve } from './serve.ts';
import { session } from './sts-service.ts';

it('requests the URI with GET and keeps the session until it must be refreshed', async () => {
  let sessions = 0;
  const sidecar = await serve(() => ({ json: { Code: 'Success', ...session(++sessions, START) } }));
  const { host, advance } = machine({ ALIBABA_CLOUD_CREDENTIALS_URI: `${sidecar.origin}/keys?pod=7` });
  const provider = credentialsUri(undefined, { host });
  expect(await provider()).toMatchObject({
    accessKeyId: 'STS.session1',
    expiration: new Date(START + 3_600_000),
  });
  await provider();
  expect(sidecar.requests.map(({ method, path, query }) => `${method} ${path} ${query}`)).toEqual([
    'GET /keys pod=7',
  ]);
  advance(3_600_000);
  expect(await provider()).toMatchObject({ accessKeyId: 'STS.session2' });
});

it('accepts keys without a token and an expiration', async () => {
  const sidecar = await serve(() => ({ json: { AccessKeyId: 'LTAItestid', AccessKeySecret: 'secret' } }));
  const { host } = machine();
  expect(await credentialsUri(sidecar.origin, { host })()).toEqual({
    accessKeyId: 'LTAItestid',
    accessKeySecret: 'secret',
    expiration: undefined,
  });
});

it.each([
  ['HTTP 403', { status: 403, text: 'leaky' }, 'HTTP 403'],
  ['HTTP 500 with keys', { status: 500, json: session(1, START) }, 'HTTP 500'],
  [
    'a redirect',
    { status: 302, headers: { location: 'http://127.0.0.1:9/leaky' }, text: 'leaky' },
    'HTTP 302',
  ],
  ['an HTML page', { text: '<html>leaky</html>' }, 'an HTML page'],
  ['a list', { json: ['leaky'] }, 'not a JSON object'],
  [
    'keys of the wrong type',
    { json: { AccessKeyId: 7, AccessKeySecret: 'leaky' } },
    'AccessKeyId must be text',
  ],
])('rejects %s without repeating the answer or the query of the URI', async (_case, reply, message) => {
  const sidecar = await serve(() => reply);
  const { host } = machine();
  const error = await rejection(credentialsUri(`${sidecar.origin}/?key=hidden`, { host }));
  expect(error.message).toContain(message);
  expectNoSecret(everythingOf(error), 'leaky', 'hidden');
});

it.each(['not a url', 'ftp://127.0.0.1/', 'http://user:hidden@127.0.0.1/'])(
  'rejects the URI %j without repeating it',
  async (uri) => {
    const { host } = machine();
    const error = await rejection(credentialsUri(uri, { host }));
    expect(error.message).toContain('must be an http(s) URL without user and password');
    expectNoSecret(everythingOf(error), uri, 'hidden');
  },
);

it('reports a URI without a listener as unavailable', async () => {
  const { host } = machine();
  expect(await rejection(credentialsUri('http://127.0.0.1:9/', { host }))).toMatchObject({
    outcome: 'unavailable',
    retryable: true,
  });
});
