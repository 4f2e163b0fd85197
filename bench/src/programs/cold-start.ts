// A whole process that makes one call and ends; without a contender, the process alone.
import { writeSync } from 'node:fs';
import { CONTENDERS, isContenderName } from '../contenders/contenders.ts';

const [name, port] = process.argv.slice(2);
process.on('exit', report);
if (isContenderName(name)) {
  const describe = await CONTENDERS[name].open(Number(port));
  await describe('1.8.0');
  // What the first answer cost, without waiting for idle sockets to close.
  process.exit();
}

function report(): void {
  const { user, system } = process.cpuUsage();
  writeSync(1, String(user + system));
}
