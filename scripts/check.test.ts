import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CHECKS, type Check, runChecks } from './check.ts';

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
    run: (command) => {
      const name = command.includes('build') ? 'build' : command.join(' ');
      ran.push(name);
      return Promise.resolve({ exitCode: failing.includes(name) ? 1 : 0, output: `output of ${name}\n` });
    },
    print: (line) => lines.push(line),
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
    expect((await run([check('a')], [])).text.split('\n').at(-1)).toBe('output of a');
    expect((await run([check('a'), check('b')], [])).text.split('\n')).toHaveLength(2);
  });

  it('builds first if a check needs the build', async () => {
    expect((await run([check('a')], [])).ran).toEqual(['a']);
    expect((await run([check('a'), check('b', true)], [])).ran[0]).toBe('build');
  });

  it('runs a check that changes files after the others have ended', async () => {
    const running = new Set<string>();
    const beside: string[][] = [];
    await runChecks([{ ...check('writes'), runsAlone: true }, check('a'), check('b'), check('c')], {
      run: async ([name = '']) => {
        running.add(name);
        await setTimeout(1);
        if (name === 'writes') beside.push([...running]);
        running.delete(name);
        return { exitCode: 0, output: '' };
      },
      print: () => undefined,
    });
    expect(beside).toEqual([['writes']]);
  });

  it('reports a failed build', async () => {
    const { text, failed, ran } = await run([check('b', true)], ['build']);
    expect({ failed, ran }).toEqual({ failed: 1, ran: ['build'] });
    expect(text).toContain('output of build');
  });
});

describe('CHECKS', () => {
  it('have unique names', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
  });
});
