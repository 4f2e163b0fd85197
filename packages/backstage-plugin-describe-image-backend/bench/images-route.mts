// Compares the response time of the card's route with that of a route that only authenticates. Both are in one back end and are requested
// alternately, so that other load slows both. Authentication, cache, auditor and permissions are Backstage's own. The catalog runs in this
// process, because all plugins send the same request to read an entity. Prints the ratio of the 95th percentiles, and fails above the limit.
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { coreServices, createBackendPlugin, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createEmulator, demoCredentials } from '@describe-image/emulator';
import { Router } from 'express';
import { describeImagePlugin } from '../src/plugin.ts';
import { component, HOST, pathOf } from '../test/entities.ts';

const LIMIT = 1.3;
const WARM_UP = 2000;
const ROUNDS = 6000;
const IMAGES = [
  `${HOST}/shop/checkout:1.4.2`,
  `${HOST}/shop/storefront:2.9.0`,
  `${HOST}/platform/base-node:nightly`,
];

/** The baseline: a route that only authenticates. */
const barePlugin = createBackendPlugin({
  pluginId: 'bare',
  register(env) {
    env.registerInit({
      deps: { httpAuth: coreServices.httpAuth, httpRouter: coreServices.httpRouter },
      async init({ httpAuth, httpRouter }) {
        const router = Router();
        router.get('/', async (request, response) => {
          await httpAuth.credentials(request, { allow: ['user', 'service'] });
          response.json({ ok: true });
        });
        httpRouter.use(router);
      },
    });
  },
});

const issuer = await issueTokens();
await using emulator = await createEmulator();
const catalog = catalogServiceMock({ entities: [component('checkout', { images: IMAGES })] });
const backend = await startTestBackend({
  features: [
    authServiceFactory,
    httpAuthServiceFactory,
    barePlugin,
    describeImagePlugin,
    createServiceFactory({ service: catalogServiceRef, deps: {}, factory: () => catalog }),
    mockServices.rootConfig.factory({
      data: {
        backend: {
          auth: {
            externalAccess: [
              {
                type: 'jwks',
                options: { url: issuer.url, issuer: 'bench', algorithm: 'ES256', audience: 'bench' },
              },
            ],
          },
        },
        describeImage: { instances: [{ name: 'acme', ...demoCredentials, endpoint: emulator.url }] },
      },
    }),
  ],
});
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const { port } = backend.server.address() as AddressInfo; // it listens on a TCP port
const routes = { bare: '/api/bare/', images: `/api/describe-image${pathOf('checkout')}` };
const times: Record<keyof typeof routes, number[]> = { bare: [], images: [] };

for (let round = 0; round < WARM_UP + ROUNDS; round++)
  for (const name of ['bare', 'images'] as const) {
    const durationMs = await timeOf(routes[name]);
    if (round >= WARM_UP) times[name].push(durationMs);
  }
const requestCount = emulator.requests.length;
const ratioAt = (share: number): number => percentile(times.images, share) / percentile(times.bare, share);
for (const [name, measured] of Object.entries(times))
  console.log(
    `${name.padEnd(7)} p50 ${percentile(measured, 0.5).toFixed(3)} ms  p95 ${percentile(measured, 0.95).toFixed(3)} ms`,
  );
console.log(
  `card's route, ${IMAGES.length} images, warm ÷ bare: p50 ${ratioAt(0.5).toFixed(2)}, p95 ${ratioAt(0.95).toFixed(2)} (limit ${LIMIT})`,
);
console.log(`requests to Security Center: ${requestCount}`);
agent.destroy();
await backend.stop();
issuer.close();
// The test back end does not close its database pools, which would keep the process running.
process.exit(ratioAt(0.95) > LIMIT ? 1 : 0);

async function timeOf(path: string): Promise<number> {
  const started = performance.now();
  const request = get({ port, path, agent, headers: { authorization: `Bearer ${issuer.token}` } });
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200)
    throw new Error(`${path}: expected status 200, got ${response.statusCode}`);
  return performance.now() - started;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

/** Starts an issuer of a token that the back end verifies for each request. */
async function issueTokens(): Promise<{ url: string; token: string; close: () => void }> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256', use: 'sig' };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = { iss: 'bench', aud: 'bench', sub: 'bench', iat: now, exp: now + 3600 };
  const signed = `${encode({ alg: 'ES256', kid: 'bench' })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const { port } = server.address() as AddressInfo; // it listens on a TCP port
  return {
    url: `http://127.0.0.1:${port}/`,
    token: `${signed}.${signature.toString('base64url')}`,
    close: () => server.close(),
  };
}
