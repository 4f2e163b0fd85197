import type { Seed } from '@describe-image/emulator';
import { demoCredentials } from '@describe-image/emulator';
import { z } from 'zod';
import { type Host, startHost } from '../src/start-host.ts';
import { cpuOf } from './cpu-of.ts';
import { measuredWorkflows, REPOSITORY } from './measured-workflows.ts';

const LOOK_UPS = 1000;
const ROUNDS = 5;
const TAGS = Array.from({ length: LOOK_UPS }, (_, index) => `v${index}`);

const seed: Seed = {
  name: 'bench',
  keys: [{ ...demoCredentials, user: 'demo' }],
  registries: [
    {
      registryType: 'acr',
      regionId: REPOSITORY.regionId,
      instanceId: REPOSITORY.instanceId,
      repositories: [
        {
          repoId: REPOSITORY.repoId,
          namespace: 'bench',
          name: 'app',
          tags: TAGS.map((tag, index) => ({
            tag,
            history: [{ at: '2026-01-01T00:00:00Z', digest: index.toString(16).padStart(64, '0') }],
          })),
        },
      ],
    },
  ],
};

interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly calls: number;
}

await using host = await startHost({
  say: (line) => process.stderr.write(`› ${line} …\n`),
  seed,
  workflowsFor: measuredWorkflows,
  published: ['ours', 'http'],
});

for (const path of ['ours', 'http']) await measure(host, path, TAGS); // warm
const costs: Record<'ours' | 'http', Cost[]> = { ours: [], http: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const path of round % 2 === 0 ? (['ours', 'http'] as const) : (['http', 'ours'] as const))
    costs[path].push(await measure(host, path, TAGS));
}
const repeated = await measure(
  host,
  'ours',
  TAGS.map((_, index) => `v${index % 10}`),
);

const wall = { ours: median(costs.ours, 'wall'), http: median(costs.http, 'wall') };
const cpu = { ours: median(costs.ours, 'cpu'), http: median(costs.http, 'cpu') };
process.stdout.write(`
${LOOK_UPS} distinct look-ups in one execution of n8n 2.41.1, medians of ${ROUNDS} interleaved rounds
                      wall      CPU of n8n
  Describe Image    ${seconds(wall.ours)}   ${seconds(cpu.ours)}   concurrency 16
  HTTP Request      ${seconds(wall.http)}   ${seconds(cpu.http)}   the same calls, our credential
  ratio             ${(wall.ours / wall.http).toFixed(2).padStart(6)}     ${(cpu.ours / cpu.http).toFixed(2).padStart(6)}     wanted: at most 0.50 and 1.00

${LOOK_UPS} items that name 10 images: ${repeated.calls} calls
`);

/** Sends the items to a webhook, and waits for the digests of all. */
async function measure({ server, emulator }: Host, path: string, tags: readonly string[]): Promise<Cost> {
  if (server.pid === undefined) throw new Error('n8n does not run');
  const before = { cpu: cpuOf(server.pid), wall: performance.now() };
  emulator.reset();
  const answer = await fetch(`${server.url}/webhook/bench-${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ items: tags.map((tag) => ({ tag })) }),
  });
  const digests = z.array(z.unknown()).parse(await answer.json());
  const wall = (performance.now() - before.wall) / 1000;
  if (digests.length !== tags.length)
    throw new Error(`${path}: ${digests.length} answers for ${tags.length} items`);
  return { wall, cpu: cpuOf(server.pid) - before.cpu, calls: emulator.requests.length };
}

function median(costs: readonly Cost[], what: 'wall' | 'cpu'): number {
  return costs.map((cost) => cost[what]).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`.padStart(8);
}
