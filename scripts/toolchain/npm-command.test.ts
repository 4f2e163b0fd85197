import { describe, expect, it } from 'vitest';
import { npmCommand } from './npm-command.mjs';

const exists = () => true;

describe('npmCommand', () => {
  it('uses the very npm that started us', () => {
    const { command } = npmCommand(
      { npm_execpath: '/opt/npm/bin/npm-cli.js' },
      { execPath: '/usr/bin/node', exists },
    );
    expect(command).toEqual(['/usr/bin/node', '/opt/npm/bin/npm-cli.js']);
  });

  it('is not misled by pnpm, which names itself in the same variable', () => {
    const { command } = npmCommand(
      { npm_execpath: '/opt/pnpm/bin/pnpm.mjs' },
      { execPath: '/usr/bin/node', exists },
    );
    expect(command).toEqual(['/usr/bin/node', '/usr/lib/node_modules/npm/bin/npm-cli.js']);
  });

  it('falls back to the npm on the PATH', () => {
    expect(npmCommand({}, { execPath: '/usr/bin/node', exists: () => false }).command).toEqual(['npm']);
  });
});
