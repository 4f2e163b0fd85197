// Compares the response time of the overview with that of a route that only authenticates, at 1,000 entities with 5 images each, for a
// caller who may read all entities and for one whose permission to read entities has conditions.
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createEmulator } from '@describe-image/emulator';
import { component, HOST } from '../test/entities.ts';
import { BARE, measure, percentile, startBench } from './start-bench.mts';

const LIMIT_MS = 100;
const ENTITIES = 1000;
const IMAGES_OF_ENTITY = 5;

const entities = Array.from({ length: ENTITIES }, (_, n) =>
  component(`service-${n}`, {
    images: Array.from({ length: IMAGES_OF_ENTITY }, (_, m) => `${HOST}/shop/service-${n}:1.${m}`),
    spec: { owner: `team-${n % 40}`, system: `system-${n % 100}` },
  }),
);
await using emulator = await createEmulator();
const overview = '/api/describe-image/overview';
let slowest = 0;
for (const caller of ['all', 'conditional'] as const) {
  const features = caller === 'all' ? [] : [conditionalPolicy()];
  const bench = await startBench({ entities, endpoint: emulator.url, features });
  const times = await measure(
    bench,
    {
      bare: BARE,
      [`overview (${caller})`]: overview,
      [`by owner (${caller})`]: `${overview}?owner=group:default/team-7`,
      [`by text (${caller})`]: `${overview}?search=service-77`,
      [`last page (${caller})`]: `${overview}?page=100`,
    },
    { warmUp: 20, rounds: 200 },
  );
  for (const measured of times.values()) slowest = Math.max(slowest, percentile(measured, 0.95));
  await bench.close();
}
console.log(
  `overview, ${ENTITIES} × ${IMAGES_OF_ENTITY} images: slowest p95 ${slowest.toFixed(1)} ms (limit ${LIMIT_MS})`,
);
process.exit(slowest > LIMIT_MS ? 1 : 0);

/** The permission to read entities has a condition that all of them meet. */
function conditionalPolicy() {
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      authorize: async (requests) => requests.map(() => ({ result: AuthorizeResult.ALLOW }) as const),
      authorizeConditional: async (requests) =>
        requests.map(({ permission }) =>
          permission.name === 'catalog.entity.read'
            ? ({
                result: AuthorizeResult.CONDITIONAL,
                pluginId: 'catalog',
                resourceType: 'catalog-entity',
                conditions: {
                  rule: 'IS_ENTITY_OWNER',
                  resourceType: 'catalog-entity',
                  params: { claims: [] },
                },
              } as const)
            : ({ result: AuthorizeResult.ALLOW } as const),
        ),
    }),
  });
}
