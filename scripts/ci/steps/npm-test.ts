import { MACHINE_ENV } from '../machine.ts';
import { runVitest } from '../run-vitest.ts';
import type { Step } from '../step.ts';

export const npmTest: Step = {
  name: 'test',
  title: '`npm test` works where only Node and npm exist',
  run: () => runVitest('npm-test', ['npm', 'test', '--'], { env: MACHINE_ENV }),
};
