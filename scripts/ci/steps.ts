import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from '../release/rehearse.ts';
import { isRecord, listProjects } from '../workspace/list-projects.ts';
import { ROOT } from '../workspace/root.ts';
import { mustRun, runCommand } from '../workspace/run-command.ts';
import { BROWSER, buildFor, installN8n, runE2eTests, SERVERS } from './e2e.ts';
import { demoInFreshClone } from './fresh-clone-demo.ts';
import { ARTIFACTS, installNode, installPrograms, MACHINE_ENV } from './machine.ts';
import { runVitest, vitestCounts } from './run-vitest.ts';
import { type Counts, FAILED, type Step, total } from './step.ts';

/** The steps of `.ci/run`, in their order. */
export const STEPS: readonly Step[] = [
  { name: 'test', title: '`npm test` works with only Node and npm installed', run: npmTest },
  { name: 'check', title: 'Format, lint, types, imports, sizes, packages, documents', run: allChecks },
  {
    name: 'demo',
    title: '`npm run demo` works on a fresh clone, for a user without a home and without rights',
    run: demoInFreshClone,
  },
  {
    name: 'node-versions',
    needsPackages: true,
    title: 'The published packages pass their tests on Node 20 and 22 too',
    run: testOnOlderNodes,
  },
  {
    name: 'release',
    needsPackages: true,
    title: 'A release is versioned, published to a local registry, installed from it and upgraded',
    run: async () => (await rehearse()).counts,
  },
  {
    name: 'real-n8n',
    needsPackages: true,
    title: 'The packed nodes work in the real n8n, by its command line and in Chromium',
    run: async () => {
      await installPrograms(BROWSER);
      await buildFor('n8n');
      await installN8n();
      return runE2eTests('real-n8n', 'n8n', 'test/real-n8n');
    },
  },
  {
    name: 'n8n-queue',
    needsPackages: true,
    title: 'In queue mode no call is lost when a worker is killed',
    run: n8nQueue,
  },
  {
    name: 'real-backstage',
    needsPackages: true,
    title: 'The built Backstage shows images in Chromium, in both frontend systems',
    run: async () => {
      await installPrograms(BROWSER);
      await buildFor('backstage');
      return runE2eTests('real-backstage', 'backstage', 'test/real-backstage');
    },
  },
  {
    name: 'backstage-replicas',
    needsPackages: true,
    title: 'Two Backstage backends refresh once and report a change once, although one is killed',
    run: async () => {
      await installPrograms(SERVERS);
      await buildFor('backstage');
      return runE2eTests('backstage-replicas', 'backstage', 'test/replicas');
    },
  },
];

async function npmTest(): Promise<Counts> {
  const reports = listProjects(ROOT)
    .filter(({ manifest }) => isRecord(manifest['scripts']) && 'test' in manifest['scripts'])
    .map(({ folder }) => join(ROOT, folder, '.artifacts/vitest.json'));
  for (const file of reports) rmSync(file, { force: true });
  const { exitCode } = await runCommand(['npm', 'test'], { env: MACHINE_ENV });
  const counts = total(
    reports.map((report) => {
      if (existsSync(report)) return vitestCounts(report);
      console.log(`${report} is missing: these tests did not run`);
      return FAILED;
    }),
  );
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function allChecks(): Promise<Counts> {
  const file = join(ARTIFACTS, 'check.json');
  rmSync(file, { force: true });
  const before = await changedFiles();
  await runCommand(['npm', 'run', 'check', '--silent', '--', '--report', file], { env: MACHINE_ENV });
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(report) || typeof report['passed'] !== 'number' || typeof report['failed'] !== 'number') {
    throw new Error('the checks wrote no counts');
  }
  const counts = { passed: report['passed'], failed: report['failed'], skipped: 0 };
  const after = await changedFiles();
  if (after === before) return counts;
  // The build writes the exports of some packages, for example.
  console.log(`the checks changed files; run \`pnpm build\` and commit them\n${after}`);
  return total([counts, FAILED]);
}

async function changedFiles(): Promise<string> {
  return (await mustRun(['git', 'status', '--porcelain'], { quiet: true })).stdout;
}

/** On the oldest supported release of each major but the workspace's own, on which `npm test` runs. */
async function testOnOlderNodes(): Promise<Counts> {
  const projects = ['@describe-image/core', '@describe-image/cli'];
  const all: Counts[] = [];
  for (const version of ['20.20.2', '22.23.3']) {
    console.log(`\n── Node ${version}`);
    const vitest = [await installNode(version), 'node_modules/vitest/vitest.mjs', 'run'];
    const command = [...vitest, ...projects.flatMap((name) => ['--project', name])];
    all.push(await runVitest(`node-${version}`, command, { env: MACHINE_ENV }));
  }
  return total(all);
}

async function n8nQueue(): Promise<Counts> {
  await installPrograms(SERVERS);
  await buildFor('n8n');
  await installN8n();
  const test = [process.execPath, '--conditions=source', 'apps/n8n/src/queue/test-queue.ts'];
  const { exitCode, stdout } = await runCommand(test);
  const count = (mark: string): number => stdout.split('\n').filter((line) => line.startsWith(mark)).length;
  const failed = count('✗ ');
  return { passed: count('✓ '), failed: exitCode === 0 ? failed : Math.max(failed, 1), skipped: 0 };
}
