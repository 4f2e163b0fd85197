import { describe, expect, it } from 'vitest';
import { describeFailure, Failure } from './run-program.mjs';

describe('describeFailure', () => {
  it('shows the failure, the place and the remedy', () => {
    const text = describeFailure(new Failure('no disk', { where: '/x', remedy: 'make room' }));
    expect(text).toContain('✗ no disk');
    expect(text).toContain('where: /x');
    expect(text).toContain('what to do: make room');
  });

  it('quotes only the end of the output of the failed program', () => {
    const output = Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n');
    const text = describeFailure(new Failure('failed', { remedy: 'look', output }));
    expect(text).toContain('line 49');
    expect(text).not.toContain('line 9\n');
  });

  it('keeps the stack of a bug', () => {
    expect(describeFailure(new TypeError('x is not a function'))).toContain('run-program.test.ts');
  });
});
