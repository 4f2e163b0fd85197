import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { type BundlingPackage, changesetProblems } from './check-changesets.ts';

const NODES: BundlingPackage = {
  name: '@x/nodes',
  folder: 'packages/nodes',
  sources: ['packages/core/src/sign.ts', 'packages/nodes/src/node.ts'],
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'describe-image-changesets-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  commit({
    'packages/core/src/sign.ts': '1',
    'packages/nodes/src/node.ts': '1',
    'packages/nodes/CHANGELOG.md': '## 0.1.0',
  });
});

function commit(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  execFileSync('git', ['add', '--all'], { cwd: root });
  execFileSync('git', [...identity, 'commit', '--quiet', '--message', 'Change'], { cwd: root });
}

it('accepts a package whose sources are unchanged since its release', () => {
  expect(changesetProblems(root, NODES)).toEqual([]);
});

it('reports a change of a bundled file of another package without a changeset', () => {
  commit({ 'packages/core/src/sign.ts': '2' });
  expect(changesetProblems(root, NODES)).toEqual([
    {
      where: 'packages/nodes',
      what: 'bundles changed files but has no changeset: packages/core/src/sign.ts',
    },
  ]);
});

it('reports the change also when a changeset names only the other package', () => {
  commit({ 'packages/core/src/sign.ts': '2', '.changeset/a.md': "---\n'@x/core': patch\n---\n" });
  expect(changesetProblems(root, NODES)).toHaveLength(1);
});

it('accepts the change with a changeset that names the package', () => {
  commit({ 'packages/core/src/sign.ts': '2', '.changeset/a.md': "---\n'@x/nodes': patch\n---\n" });
  expect(changesetProblems(root, NODES)).toEqual([]);
});

it('reports a package that was never released and has no changeset', () => {
  rmSync(join(root, 'packages/nodes/CHANGELOG.md'));
  expect(changesetProblems(root, NODES)).toHaveLength(1);
});
