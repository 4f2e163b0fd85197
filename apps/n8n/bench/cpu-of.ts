import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** User and system time that a process has used so far, in seconds. Linux only. */
export function cpuOf(pid: number): number {
  // The second field, the program's name, may hold blanks: count from the parenthesis that closes it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

function ticksPerSecond(): number {
  return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}
