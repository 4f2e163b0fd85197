import { parseArgs } from 'node:util';
import { type BenchPlan, FULL, QUICK } from './bench-plan.ts';
import { CONTENDER_NAMES, CONTENDERS, type ContenderName } from './contenders/contenders.ts';
import { measuredBuild } from './measured-build.ts';
import { LOOK_UPS, measureBatch } from './measurements/batch.ts';
import { startServer, startWorker, type Worker } from './measurements/child.ts';
import { measureColdStart } from './measurements/cold-start.ts';
import { interleave } from './measurements/interleave.ts';
import { median } from './measurements/median.ts';
import { measureSigning } from './measurements/signing.ts';
import { bestOfficial, type Figures, ratioTable, textTable } from './ratio-table.ts';
import { type Target, targetLines } from './targets.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const plan: BenchPlan = values.quick ? QUICK : FULL;
const targets: Target[] = [];

console.log(`Node ${process.version}; ${measuredBuild()}.`);
console.log(
  'One server process on 127.0.0.1, plain HTTP, one process for each contender, rounds interleaved, medians.',
);
console.log(
  'Every call asks for another tag: de-duplication of equal reads is on in core, and never finds a pair.',
);

const server = await startServer();
try {
  await reportCalls(server.port);
  await reportBatches(server.port);
  await reportColdStart(server.port);
} finally {
  await server.close();
}
await reportSigning();
print('Targets', targetLines(targets));

async function reportCalls(port: number): Promise<void> {
  const workers = new Map<ContenderName, Worker>();
  for (const name of CONTENDER_NAMES) workers.set(name, await startWorker(name, port));
  const call = (name: ContenderName, count: number, inFlight: number) => {
    const worker = workers.get(name);
    if (worker === undefined) throw new Error(`${name} has no worker`);
    return worker.call({ count, inFlight });
  };
  const { sequential, throughput } = plan;
  await interleave(CONTENDER_NAMES, 2, (name) => call(name, sequential.calls, 1)); // warms up

  const cpu = medians(
    await interleave(CONTENDER_NAMES, sequential.rounds, async (name) => {
      const { cpuMicros } = await call(name, sequential.calls, 1);
      return cpuMicros / sequential.calls;
    }),
  );
  print('CPU per call in the client process, one call after another', ratioTable('µs', cpu));
  const ours = cpu.get('core') ?? Number.NaN;
  targets.push(
    { name: 'CPU per call ÷ limit', measured: ours / (cpu.get('limit') ?? Number.NaN), atMost: 1.15 },
    { name: 'CPU per call ÷ best official package', measured: ours / bestOfficial(cpu), atMost: 0.75 },
  );

  for (const inFlight of throughput.levels) {
    const perSecond = await interleave(CONTENDER_NAMES, throughput.rounds, async (name) => {
      const { wallMs } = await call(name, throughput.calls, inFlight);
      return (throughput.calls / wallMs) * 1000;
    });
    print(
      `Throughput with ${inFlight} in flight (more is better)`,
      ratioTable('calls/s', medians(perSecond), { best: 'highest' }),
    );
  }
  for (const worker of workers.values()) await worker.close();
}

async function reportBatches(port: number): Promise<void> {
  const names: readonly ContenderName[] = plan.batchForAll
    ? CONTENDER_NAMES
    : ['core', 'limit', 'openapi-client'];
  for (const inFlight of [64, LOOK_UPS]) {
    const rows: string[][] = [];
    for (const name of names) {
      const { cpuMicros, lost, peakRssMib } = await measureBatch(name, port, inFlight);
      rows.push([CONTENDERS[name].label, String(lost), (cpuMicros / 1e6).toFixed(1), peakRssMib.toFixed(0)]);
      if (name === 'core' && inFlight === LOOK_UPS)
        targets.push(
          { name: '10,000 at once: lost', measured: lost, atMost: 0 },
          { name: '10,000 at once: peak RSS', measured: peakRssMib * 1.048576, atMost: 150, unit: ' MB' },
        );
    }
    const title = `10,000 look-ups, ${inFlight === LOOK_UPS ? 'all started at once' : `${inFlight} in flight`}, from a cold process`;
    print(title, textTable(['', 'lost', 'CPU s', 'peak RSS MiB'], rows));
  }
}

async function reportColdStart(port: number): Promise<void> {
  const names = ['bare', ...CONTENDER_NAMES] as const;
  const samples = await interleave(names, plan.coldStartRounds, (name) => measureColdStart(name, port));
  const bare = median(samples.get('bare') ?? []);
  const whole = new Map<ContenderName, number>();
  const above = new Map<ContenderName, number>();
  for (const name of CONTENDER_NAMES) {
    const milliseconds = median(samples.get(name) ?? []);
    whole.set(name, milliseconds);
    above.set(name, milliseconds - bare);
  }
  print('Cold start to the first answer, CPU of the whole process', ratioTable('ms', whole));
  print(`… above bare Node (${bare.toFixed(0)} ms)`, ratioTable('ms', above));
  const ratio = (figures: Figures) =>
    (figures.get('core') ?? Number.NaN) / (figures.get('limit') ?? Number.NaN);
  targets.push(
    { name: 'cold start, whole process ÷ limit', measured: ratio(whole), atMost: 1.25 },
    { name: 'cold start above bare Node ÷ limit', measured: ratio(above), atMost: 1.25 },
  );
}

async function reportSigning(): Promise<void> {
  const micros = await measureSigning(plan.signingMs);
  const figures = new Map(
    CONTENDER_NAMES.flatMap((name) => {
      const figure = micros.get(name);
      return figure === undefined ? [] : [[name, figure] as const];
    }),
  );
  print('Signing alone, per signature', ratioTable('µs', figures, { digits: 2 }));
  const ours = figures.get('core') ?? Number.NaN;
  targets.push({
    name: 'signing ÷ minimal',
    measured: ours / (figures.get('limit') ?? Number.NaN),
    atMost: 1.15,
  });
}

function medians(samples: ReadonlyMap<ContenderName, readonly number[]>): Figures {
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

function print(title: string, body: string): void {
  console.log(`\n${title}\n${body}`);
}
