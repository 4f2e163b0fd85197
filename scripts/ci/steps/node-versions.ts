import { bringNode } from '../bring-node.ts';
import { MACHINE_ENV, machineNodeVersion } from '../machine.ts';
import { runVitest } from '../run-vitest.ts';
import { type Counts, type Step, total } from '../step.ts';

/** The published packages that promise to run on more than the Node of the workspace. */
const PROJECTS = ['@describe-image/core', '@describe-image/cli'];

/** The oldest Node of each line that is promised besides the workspace's own, on which `npm test` ran. */
const VERSIONS = ['20.20.2', '22.23.3'];

export const nodeVersions: Step = {
  name: 'node-versions',
  title: 'The published packages pass their tests on Node 20 and 22 too',
  async run() {
    const all: Counts[] = [];
    for (const version of VERSIONS) {
      console.log(`\n── Node ${version}`);
      const node = (await machineNodeVersion()) === version ? 'node' : await bringNode(version);
      const command = [
        node,
        'node_modules/vitest/vitest.mjs',
        'run',
        ...PROJECTS.flatMap((name) => ['--project', name]),
      ];
      all.push(await runVitest(`node-${version}`, command, { env: MACHINE_ENV }));
    }
    return total(all);
  },
};
