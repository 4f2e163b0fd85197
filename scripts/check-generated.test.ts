import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findStaleDocuments } from './check-generated.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

function repository(): string {
  return temporaryRepository({
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'packages/a/package.json': '{"name":"a","scripts":{"docs:generate":"x"}}',
    'packages/b/package.json': '{"name":"b"}',
    'docs/errors.md': 'as committed\n',
  });
}

describe('findStaleDocuments', () => {
  it('reports an outdated document and restores it', async () => {
    const root = repository();
    const document = join(root, 'docs/errors.md');
    const problems = await findStaleDocuments(
      root,
      async (): Promise<undefined> => void writeFileSync(document, 'from source\n'),
    );
    expect(problems).toMatchObject([
      { where: 'docs/errors.md', what: expect.stringContaining('--filter a') },
    ]);
    expect(readFileSync(document, 'utf8')).toBe('as committed\n');
  });

  it('reports a document that was never committed', async () => {
    const root = repository();
    const write = async (): Promise<undefined> => void writeFileSync(join(root, 'docs/new.md'), 'x');
    expect(await findStaleDocuments(root, write)).toMatchObject([{ where: 'docs/new.md' }]);
  });

  it('reports a generator that fails', async () => {
    expect(await findStaleDocuments(repository(), async () => 'no such file')).toMatchObject([
      { where: 'packages/a' },
    ]);
  });

  it('runs only existing generators, and accepts unchanged documents', async () => {
    const ran: string[] = [];
    const run = async ({ name }: { name: string }): Promise<undefined> => void ran.push(name);
    expect(await findStaleDocuments(repository(), run)).toEqual([]);
    expect(ran).toEqual(['a']);
  });
});
