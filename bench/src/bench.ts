import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FULL, QUICK } from './bench-plan.ts';
import { findNode } from './measurements/find-node.ts';
import { measureNode, type NodeResults } from './measurements/measure-node.ts';
import { report } from './report/report.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    node: { type: 'string', multiple: true, default: ['20', '24'] },
  },
});

const plan = values.quick ? QUICK : FULL;
const results: NodeResults[] = [];
const startedAt = performance.now();
console.error(`This takes about ${plan.minutes * values.node.length} minutes on two idle cores.`);
for (const version of values.node) {
  const node = version.includes('/') ? version : await findNode(version);
  results.push(
    await measureNode(node, plan, (what) => console.error(`${elapsed()} Node ${version}: ${what}`)),
  );
}
const page = report(results, plan, new Date().toISOString().slice(0, 10));
console.log(page);
await writeFile(new URL('../../docs/performance.md', import.meta.url), page);

function elapsed(): string {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
