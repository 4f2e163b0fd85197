import { describe, expect, it } from 'vitest';
import { runSteps } from './run.ts';
import type { Counts, Step } from './step.ts';

function step(name: string, run: () => Promise<Counts>): Step {
  return { name, title: `The step ${name}`, run };
}

async function record(
  steps: Step[],
  install: () => Promise<unknown> = async () => {},
): Promise<{ lines: string[]; counts: Counts }> {
  const lines: string[] = [];
  const counts = await runSteps(steps, { print: (line) => lines.push(line), now: () => 0, install });
  return { lines, counts };
}

describe('runSteps', () => {
  const good = step('good', () => Promise.resolve({ passed: 3, failed: 0, skipped: 1 }));
  const bad = step('bad', () => Promise.resolve({ passed: 1, failed: 2, skipped: 0 }));
  const broken = step('broken', () => Promise.reject(new Error('it broke')));

  it('installs the packages before a step that needs them, and for no other step', async () => {
    const events: string[] = [];
    const logged = (name: string, needsPackages: boolean): Step => ({
      ...step(name, async () => {
        events.push(name);
        return { passed: 1, failed: 0, skipped: 0 };
      }),
      needsPackages,
    });
    await record([logged('test', false), logged('release', true)], async () => {
      events.push('install');
    });
    expect(events).toEqual(['test', 'install', 'release']);
  });

  it('prints the sums in the last line', async () => {
    expect((await record([good, bad])).lines.at(-1)).toBe('4 passed, 2 failed, 1 skipped');
  });

  it('omits skipped tests when there are none', async () => {
    expect((await record([bad])).lines.at(-1)).toBe('1 passed, 2 failed');
  });

  it('counts a step that throws as a failure, prints its error and continues', async () => {
    const { lines, counts } = await record([broken, good]);
    expect(counts).toEqual({ passed: 3, failed: 1, skipped: 1 });
    expect(lines.join('\n')).toContain('it broke');
  });
});
