import { describe, expect, it } from 'vitest';
import type { Check } from './check-list.ts';
import { CHECKS } from './check-list.ts';
import { runChecks } from './run-checks.ts';

function check(name: string, needsBuild = false): Check {
  return { name, command: [name], remedy: `fix ${name}`, needsBuild };
}

async function run(
  checks: Check[],
  failing: string[],
): Promise<{ text: string; ran: string[]; passed: number; failed: number }> {
  const lines: string[] = [];
  const ran: string[] = [];
  const counts = await runChecks(checks, {
    run: ([name = '']): Promise<{ exitCode: number; output: string }> => {
      ran.push(name);
      return Promise.resolve({ exitCode: failing.includes(name) ? 1 : 0, output: `output of ${name}\n` });
    },
    build: ['build'],
    print: (line) => lines.push(line),
    now: () => 0,
  });
  return { text: lines.join('\n'), ran, ...counts };
}

describe('runChecks', () => {
  it('runs all checks, and prints output and remedy of the failed ones', async () => {
    const { text, passed, failed } = await run([check('a'), check('b'), check('c')], ['a']);
    expect({ passed, failed }).toEqual({ passed: 2, failed: 1 });
    expect(text).toContain('✗ a');
    expect(text).toContain('output of a');
    expect(text).toContain('What to do: fix a. Again: pnpm check a');
    expect(text).toContain('✓ c');
  });

  it('prints the output of a single check that passes', async () => {
    expect((await run([check('a')], [])).text).toContain('output of a');
    expect((await run([check('a'), check('b')], [])).text.split('\n')).toHaveLength(2);
  });

  it('builds first if a check needs the build', async () => {
    expect((await run([check('a')], [])).ran).not.toContain('build');
    expect((await run([check('a'), check('b', true)], [])).ran).toContain('build');
  });

  it('reports a build that fails', async () => {
    const { text, failed } = await run([check('b', true)], ['build']);
    expect(failed).toBe(1);
    expect(text).toContain('the packages do not build');
  });
});

describe('CHECKS', () => {
  it('have unique names', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
  });
});
