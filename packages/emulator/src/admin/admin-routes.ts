import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { ASSUMPTIONS, type Assumptions } from '../assumptions.ts';
import type { EmulatorClock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import { parseFaultRule } from '../faults/parse-fault-rule.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import { OPERATION_NAMES } from '../operations/operation-names.ts';
import type { RequestLog } from '../request-log.ts';
import { parseRegistry } from '../world/parse-seed.ts';
import type { World } from '../world/world.ts';
import { adminAccess } from './admin-access.ts';
import {
  type ClockBody,
  churnBody,
  clockBody,
  imageBody,
  metadataBody,
  parseBody,
  pushBody,
  repositoryBody,
  scanBody,
} from './admin-bodies.ts';

/** The parts of an emulator that the admin API controls. */
export interface AdminTarget {
  readonly clock: EmulatorClock;
  readonly state: World;
  readonly faults: Faults;
  readonly metadata: MetadataService;
  readonly log: RequestLog;
  readonly assumptions: Assumptions;
  reset(): void;
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** A snapshot of 50,000 images has about 30 MB. */
const SNAPSHOT_LIMIT_BYTES = 512 * 1024 * 1024;

/** The base path of the admin API. */
export const ADMIN_PATH = '/_emulator';

/** The admin API: the methods of the emulator object over HTTP, for requests from this machine or with the token. */
export function adminRoutes(target: AdminTarget, adminToken: string | undefined): FastifyPluginAsync {
  return async (server) => {
    server.addHook('onRequest', adminAccess(adminToken));
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, body === '' ? undefined : JSON.parse(String(body)));
      } catch {
        done(new RangeError('body: must be JSON'));
      }
    });
    server.setErrorHandler((error, _request, reply) => {
      const known = error instanceof RangeError;
      const message = error instanceof Error ? error.message : String(error);
      return reply
        .code(known ? 400 : 500)
        .send({ error: { code: known ? 'INVALID_REQUEST' : 'INTERNAL', message } });
    });
    server.get('/', async () => ({ routes: ROUTES }));
    requestRoutes(server, target);
    faultRoutes(server, target);
    worldRoutes(server, target);
    stateRoutes(server, target);
    server.all('/*', (request, reply) =>
      reply.code(404).send({ error: { code: 'NOT_FOUND', message: `no ${request.method} ${request.url}` } }),
    );
  };
}

const ROUTES: readonly string[] = [
  'GET /_emulator/requests',
  'DELETE /_emulator/requests',
  'GET /_emulator/faults',
  'POST /_emulator/faults',
  'DELETE /_emulator/faults',
  'DELETE /_emulator/faults/:id',
  'GET /_emulator/images',
  'POST /_emulator/images',
  'DELETE /_emulator/images',
  'POST /_emulator/registries',
  'POST /_emulator/scans',
  'POST /_emulator/inventory/sync',
  'PUT /_emulator/inventory/churn',
  'GET /_emulator/clock',
  'PUT /_emulator/clock',
  'GET /_emulator/metadata',
  'PUT /_emulator/metadata',
  'GET /_emulator/assumptions',
  'GET /_emulator/snapshot',
  'PUT /_emulator/snapshot',
  'POST /_emulator/reset',
];

function requestRoutes(server: FastifyInstance, { log }: AdminTarget): void {
  server.get('/requests', async ({ raw }) => {
    const operation = operationFilter(raw.url ?? '');
    return {
      requests: log.entries.filter((entry) => operation === undefined || entry.operation === operation),
    };
  });
  server.delete('/requests', async (_request, reply) => {
    log.clear();
    return reply.code(204).send();
  });
}

/** @throws {RangeError} for another parameter than `operation`, and for an unknown operation. */
function operationFilter(url: string): string | undefined {
  const parameters = new URLSearchParams(url.split('?')[1]);
  for (const name of parameters.keys())
    if (name !== 'operation')
      throw new RangeError(`query: unknown parameter "${name}": the only one is operation`);
  const operation = parameters.get('operation') ?? undefined;
  if (operation !== undefined && !OPERATION_NAMES.some((known) => known === operation))
    throw new RangeError(`operation: must be one of ${OPERATION_NAMES.join(', ')}, got "${operation}"`);
  return operation;
}

function faultRoutes(server: FastifyInstance, { faults }: AdminTarget): void {
  server.get('/faults', async () => ({ faults: faults.list() }));
  server.post('/faults', async (request, reply) =>
    reply.code(201).send({ id: faults.add(parseFaultRule(request.body)) }),
  );
  server.delete('/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  server.delete<{ Params: { id: string } }>('/faults/:id', async ({ params }, reply) =>
    reply.code(faults.clear(Number(params.id)) ? 204 : 404).send(),
  );
}

function worldRoutes(server: FastifyInstance, { state, metadata }: AdminTarget): void {
  server.get('/images', async () => ({ images: state.images() }));
  server.post('/images', async (request, reply) => {
    const { digest, ...selector } = parseBody(pushBody, request.body);
    return reply.code(201).send(state.push(selector, digest));
  });
  server.post('/registries', async (request, reply) => {
    state.addRegistry(parseRegistry(request.body));
    return reply.code(204).send();
  });
  server.delete('/images', async (request) => state.deleteTag(parseBody(imageBody, request.body)));
  server.post('/scans', async (request, reply) => {
    const { scan, ...selector } = parseBody(scanBody, request.body);
    return reply.code(201).send(state.startScan(selector, scan));
  });
  server.post('/inventory/sync', async (request, reply) => {
    state.syncInventory(parseBody(repositoryBody, request.body));
    return reply.code(204).send();
  });
  server.put('/inventory/churn', async (request, reply) => {
    state.setChurn(parseBody(churnBody, request.body).churn);
    return reply.code(204).send();
  });
  server.get('/metadata', async () => metadata.settings);
  server.put('/metadata', async (request) => {
    metadata.configure(parseBody(metadataBody, request.body));
    return metadata.settings;
  });
}

function stateRoutes(server: FastifyInstance, target: AdminTarget): void {
  const { clock, assumptions } = target;
  const time = (): { now: string; frozen: boolean } => ({
    now: new Date(clock.now()).toISOString(),
    frozen: clock.frozen,
  });
  server.get('/clock', async () => time());
  server.put('/clock', async (request) => {
    moveClock(clock, parseBody(clockBody, request.body));
    return time();
  });
  server.get('/assumptions', async () => ({ chosen: assumptions, table: ASSUMPTIONS }));
  server.get('/snapshot', async () => target.snapshot());
  server.put('/snapshot', { bodyLimit: SNAPSHOT_LIMIT_BYTES }, async (request, reply) => {
    target.restore(request.body);
    return reply.code(204).send();
  });
  server.post('/reset', async (_request, reply) => {
    target.reset();
    return reply.code(204).send();
  });
}

function moveClock(clock: EmulatorClock, body: ClockBody): void {
  if ('set' in body) clock.set(body.set);
  else if ('advanceMs' in body) clock.advance(body.advanceMs);
  else if (body.frozen) clock.freeze();
  else clock.resume();
}
