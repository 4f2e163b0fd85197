// A whole process that makes one call and ends. With `import` it only imports core, with `bare` it does nothing.
import { writeSync } from 'node:fs';
import { CONTENDERS, isContenderName } from '../contenders/contenders.ts';

const [name, port] = process.argv.slice(2);
process.on('exit', report);
if (name === 'import') await import('@describe-image/core');
if (isContenderName(name)) {
  const describe = await CONTENDERS[name].open(Number(port));
  await describe('1.8.0');
  // Idle sockets would keep some contenders' processes alive.
  process.exit();
}

function report(): void {
  const { user, system } = process.cpuUsage();
  writeSync(1, String(user + system));
}
