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
  const endpoint = urlOf(server.greeting);
  const workers = new Map<ContenderName, Child>();
  for (const name of CONTENDER_NAMES)
    workers.set(name, await start('./node-worker.mts', name, endpoint, ourPackage, n8nPackage));
  const run = async (name: ContenderName, images: number) => {
    const report = await workers.get(name)?.ask({ items: ITEMS, images });
    if (!isRunReport(report)) throw new Error(`${name}: the worker answered ${JSON.stringify(report)}`);
    const calls = callsOf(await server.ask({}));
    // A node that loses items, or asks less often than it should, would win for nothing.
    if (report.right !== ITEMS) throw new Error(`${name}: ${report.right} of ${ITEMS} digests are right`);
    return { report, calls };
  };

  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    const first = round % CONTENDER_NAMES.length;
    for (const name of [...CONTENDER_NAMES.slice(first), ...CONTENDER_NAMES.slice(0, first)]) {
      const { report, calls } = await run(name, ITEMS);
      if (calls !== ITEMS) throw new Error(`${name}: ${calls} calls, wanted ${ITEMS}`);
      if (round >= WARM_UPS) samples.get(name)?.push(report);
    }
  }
  callsForTen = (await run('ours', 10)).calls;
} finally {
  for (const child of children) await child.end();
  removePackage();
}

console.log(`Node ${process.version}. ${ITEMS} items, each naming another image, in n8n's engine: one process for each node, the
emulator in another, plain HTTP on 127.0.0.1. Medians of ${ROUNDS} interleaved rounds; wall time and CPU of the engine.
`);
for (const name of CONTENDER_NAMES)
  console.log(
    `  ${CONTENDERS[name].label.padEnd(40)} ${cost(name, 'wallMs').toFixed(0)} ms, CPU ${cost(name, 'cpuMs').toFixed(0)} ms`,
  );
// The target can be read in two ways: both nodes kept to 16 calls in flight, or only ours.
console.log('\nDescribe Image, concurrency 16');
for (const other of ['http-looped', 'http-batched', 'http'] as const) {
  verdict(`wall time ÷ ${CONTENDERS[other].label}`, ratio('ours', other, 'wallMs'), 0.5);
  verdict(`CPU ÷ ${CONTENDERS[other].label}`, ratio('ours', other, 'cpuMs'), 1);
}
verdict(`calls for ${ITEMS} items that name 10 images`, callsForTen, 10);
console.log(
  '\nThe floor: n8n’s request helper alone with 16 in flight, and so a new connection for each call',
);
for (const other of ['http-looped', 'http'] as const)
  console.log(
    `  ÷ ${CONTENDERS[other].label}: wall time ${ratio('bare-helper', other, 'wallMs').toFixed(2)}, CPU ${ratio('bare-helper', other, 'cpuMs').toFixed(2)}`,
  );
console.log('\nBoth with all calls at once');
console.log(
  `  wall time ${ratio('ours-at-once', 'http', 'wallMs').toFixed(2)}, CPU ${ratio('ours-at-once', 'http', 'cpuMs').toFixed(2)}`,
);

function installed(): string {
  try {
    return httpRequestPackage();
  } catch (error) {
    console.log(
      `not measured: n8n-nodes-base cannot be installed (${error instanceof Error ? error.message : error})`,
    );
    process.exit(0);
  }
}

function ratio(name: ContenderName, other: ContenderName, what: 'wallMs' | 'cpuMs'): number {
  return cost(name, what) / cost(other, what);
}

function cost(name: ContenderName, what: 'wallMs' | 'cpuMs'): number {
  return median((samples.get(name) ?? []).map((report) => report[what]));
}

/** Nothing fails: a busy machine is not a defect. */
function verdict(what: string, measured: number, atMost: number): void {
  const word = measured <= atMost ? 'reached' : 'not reached';
  console.log(`  ${word.padEnd(12)} ${what}: ${Number(measured.toFixed(3))} (wanted: at most ${atMost})`);
}

function urlOf(greeting: unknown): string {
  if (typeof greeting === 'object' && greeting !== null && 'url' in greeting) return String(greeting.url);
  throw new Error('the emulator did not say where it listens');
}

function callsOf(count: unknown): number {
  if (typeof count === 'object' && count !== null && 'calls' in count) return Number(count.calls);
  throw new Error('the emulator did not say how often it was called');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
