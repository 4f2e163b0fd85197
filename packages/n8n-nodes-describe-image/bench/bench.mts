import packPackage from '../test/pack-package.mts';
import { type Child, startChild } from './child.mts';
import { CONTENDER_NAMES, CONTENDERS, type ContenderName } from './contenders.mts';
import { httpRequestPackage } from './http-request-package.mts';
import { isRunReport, type RunReport } from './run-report.mts';

const ITEMS = 1_000;
const WARM_UPS = 2;
const ROUNDS = 9;

const n8nPackage = installed();
let ourPackage = '';
const removePackage = packPackage({
  provide(_: string, folder: string) {
    ourPackage = folder;
  },
});
const children: Child[] = [];
const samples = new Map<ContenderName, RunReport[]>(CONTENDER_NAMES.map((name) => [name, []]));
let callsForTen: number;
try {
  const start = async (program: string, ...args: string[]): Promise<Child> => {
    const child = await startChild(program, ...args);
    children.push(child);
    return child;
  };
  const server = await start('./emulator-server.mts');
  const endpoint = urlOf(server.firstMessage);
  const workers = new Map<ContenderName, Child>();
  for (const name of CONTENDER_NAMES)
    workers.set(name, await start('./node-worker.mts', name, endpoint, ourPackage, n8nPackage));
  const run = async (name: ContenderName, images: number) => {
    const report = await workers.get(name)?.request({ items: ITEMS, images });
    if (!isRunReport(report)) throw new Error(`${name}: invalid report, got ${JSON.stringify(report)}`);
    const calls = callsOf(await server.request({}));
    // A node that loses items or skips calls would be measured as faster.
    if (report.correct !== ITEMS)
      throw new Error(`${name}: wanted ${ITEMS} correct digests, got ${report.correct}`);
    return { report, calls };
  };

  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const first = round % CONTENDER_NAMES.length;
    for (const name of [...CONTENDER_NAMES.slice(first), ...CONTENDER_NAMES.slice(0, first)]) {
      const { report, calls } = await run(name, ITEMS);
      if (calls !== ITEMS) throw new Error(`${name}: wanted ${ITEMS} calls, got ${calls}`);
      if (round >= WARM_UPS) samples.get(name)?.push(report);
    }
  }
  callsForTen = (await run('ours', 10)).calls;
} finally {
  for (const child of children) await child.end();
  removePackage();
}

console.log(`Node ${process.version}. ${ITEMS} items with different images in n8n's engine. Each node and the emulator run in separate
processes and use plain HTTP on 127.0.0.1. Medians of ${ROUNDS} interleaved rounds: wall time and CPU of the engine.
`);
for (const name of CONTENDER_NAMES)
  console.log(
    `  ${CONTENDERS[name].label.padEnd(40)} ${cost(name, 'wallMs').toFixed(0)} ms, CPU ${cost(name, 'cpuMs').toFixed(0)} ms`,
  );
// The target is compared with HTTP Request both limited to 16 calls in flight and unlimited.
console.log('\nDescribe Image, concurrency 16');
for (const other of ['http-looped', 'http-batched', 'http'] as const) {
  printTarget(`wall time ÷ ${CONTENDERS[other].label}`, ratio('ours', other, 'wallMs'), 0.5);
  printTarget(`CPU ÷ ${CONTENDERS[other].label}`, ratio('ours', other, 'cpuMs'), 1);
}
printTarget(`calls for ${ITEMS} items with 10 images`, callsForTen, 10);
console.log(
  '\nLower bound: n8n’s request helper with 16 calls in flight, which opens a connection for each call',
);
for (const other of ['http-looped', 'http'] as const)
  console.log(
    `  ÷ ${CONTENDERS[other].label}: wall time ${ratio('bare-helper', other, 'wallMs').toFixed(2)}, CPU ${ratio('bare-helper', other, 'cpuMs').toFixed(2)}`,
  );
console.log('\nDescribe Image and HTTP Request with all calls at once');
console.log(
  `  wall time ${ratio('ours-at-once', 'http', 'wallMs').toFixed(2)}, CPU ${ratio('ours-at-once', 'http', 'cpuMs').toFixed(2)}`,
);

function installed(): string {
  try {
    return httpRequestPackage();
  } catch (error) {
    console.log(`skipped: cannot install n8n-nodes-base (${error instanceof Error ? error.message : error})`);
    process.exit(0);
  }
}

function ratio(name: ContenderName, other: ContenderName, metric: 'wallMs' | 'cpuMs'): number {
  return cost(name, metric) / cost(other, metric);
}

function cost(name: ContenderName, metric: 'wallMs' | 'cpuMs'): number {
  return median((samples.get(name) ?? []).map((report) => report[metric]));
}

/** Prints whether a target is met. A missed target is not an error, because the machine may be busy. */
function printTarget(label: string, measured: number, atMost: number): void {
  const result = measured <= atMost ? 'met' : 'missed';
  console.log(`  ${result.padEnd(6)} ${label}: ${Number(measured.toFixed(3))} (target: at most ${atMost})`);
}

function urlOf(message: unknown): string {
  if (typeof message === 'object' && message !== null && 'url' in message) return String(message.url);
  throw new Error('emulator-server: no URL in its first message');
}

function callsOf(count: unknown): number {
  if (typeof count === 'object' && count !== null && 'calls' in count) return Number(count.calls);
  throw new Error('emulator-server: no number of calls in its message');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
