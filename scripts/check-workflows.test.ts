import { expect, it } from 'vitest';
import { workflowProblems } from './check-workflows.ts';

const CI = '.github/workflows/ci.yml';
const workflow = (steps: string): string => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        step:
          - test
    steps:
${steps}
`;
const run = '      - run: .ci/run test';

it('accepts a valid workflow', async () => {
  expect(await workflowProblems({ [CI]: workflow(run) }, ['test'])).toEqual([]);
});

it('reports an unknown key of a job', async () => {
  const text = workflow(run).replace('runs-on:', 'run-on:');
  expect(await workflowProblems({ [CI]: text }, ['test'])).not.toEqual([]);
});

it('reports an expression that GitHub cannot evaluate', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub
  const text = workflow('      - run: echo ${{ matrix.nothing }}');
  expect(JSON.stringify(await workflowProblems({ [CI]: text }, ['test']))).toContain('nothing');
});

it('reports an action that is not pinned by commit', async () => {
  const text = workflow('      - uses: actions/checkout@v7');
  expect(await workflowProblems({ [CI]: text }, ['test'])).toEqual([
    { where: CI, what: 'actions/checkout@v7 must be pinned by commit, with its version as a comment' },
  ]);
});

it('reports a step of .ci/run that CI does not run', async () => {
  expect(await workflowProblems({ [CI]: workflow(run) }, ['test', 'demo'])).toEqual([
    { where: CI, what: 'does not run the step demo' },
  ]);
});
