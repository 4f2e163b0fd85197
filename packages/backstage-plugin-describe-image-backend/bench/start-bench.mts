import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  type BackendFeature,
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { demoCredentials } from '@describe-image/emulator';
import { Router } from 'express';
import { describeImagePlugin } from '../src/plugin.ts';

/** A back end that is measured. */
export interface Bench {
  /** Requests a path and returns the response time in milliseconds. Throws for a status other than 200. */
  timeOf(path: string): Promise<number>;
  close(): Promise<void>;
}

/** The path of a route that only authenticates: the baseline. */
export const BARE = '/api/bare/';

/**
 * Starts a back end with the plugin and the baseline. Authentication, cache, auditor and permissions are Backstage's own. The catalog runs
 * in this process, because all plugins send the same requests to it.
 */
export async function startBench(options: {
  readonly entities: Entity[];
  readonly endpoint: string;
  readonly features?: readonly BackendFeature[];
}): Promise<Bench> {
  const issuer = await issueTokens();
  const catalog = catalogServiceMock({ entities: options.entities });
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
          describeImage: { instances: [{ name: 'acme', ...demoCredentials, endpoint: options.endpoint }] },
        },
      }),
      ...(options.features ?? []),
    ],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { port } = backend.server.address() as AddressInfo; // it listens on a TCP port
  return {
    async timeOf(path) {
      const started = performance.now();
      const request = get({ port, path, agent, headers: { authorization: `Bearer ${issuer.token}` } });
      const [response] = await once(request, 'response');
      response.resume();
      await once(response, 'end');
      if (response.statusCode !== 200)
        throw new Error(`${path}: expected status 200, got ${response.statusCode}`);
      return performance.now() - started;
    },
    async close() {
      agent.destroy();
      await backend.stop();
      issuer.close();
    },
  };
}

/** Requests the paths alternately, so that other load slows all of them, and returns the times of each in milliseconds. */
export async function measure<Name extends string>(
  { timeOf }: Bench,
  paths: Readonly<Record<Name, string>>,
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
): Promise<ReadonlyMap<Name, readonly number[]>> {
  const names = Object.keys(paths) as Name[]; // the keys of the record
  const times = new Map(names.map((name): [Name, number[]] => [name, []]));
  for (let round = 0; round < warmUp + rounds; round++)
    for (const name of names) {
      const durationMs = await timeOf(paths[name]);
      if (round >= warmUp) times.get(name)?.push(durationMs);
    }
  for (const [name, measured] of times)
    console.log(
      `${name.padEnd(28)} p50 ${percentile(measured, 0.5).toFixed(3)} ms  p95 ${percentile(measured, 0.95).toFixed(3)} ms`,
    );
  return times;
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

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
