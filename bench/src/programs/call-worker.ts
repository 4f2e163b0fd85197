// One contender in a separate process. It makes the requested calls and reports the resources that they used.
import { CONTENDERS, isContenderName } from '../contenders/contenders.ts';
import type { CallOrder, CallReport } from '../measurements/call-report.ts';

const [name, port] = process.argv.slice(2);
if (!isContenderName(name)) throw new Error(`unknown contender ${name}`);
const describe = await CONTENDERS[name].open(Number(port));
let tagsUsed = 0;

process.on('message', (order: CallOrder) => {
  makeCalls(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function makeCalls({ count, inFlight }: CallOrder): Promise<CallReport> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  let left = count;
  let failed = 0;
  // Callbacks, because ten thousand async functions would increase the measured memory.
  await new Promise<void>((done) => {
    let running = Math.min(inFlight, count);
    const next = (): void => {
      if (left-- > 0) describe(`1.8.${tagsUsed++}`).then(next, fail);
      else if (--running === 0) done();
    };
    const fail = (): void => {
      failed++;
      next();
    };
    for (let lane = running; lane > 0; lane--) next();
  });
  const cpu = process.cpuUsage(cpuBefore);
  return {
    cpuMicros: cpu.user + cpu.system,
    wallMs: performance.now() - startedAt,
    failed,
    peakRssMib: process.resourceUsage().maxRSS / 1024,
  };
}
