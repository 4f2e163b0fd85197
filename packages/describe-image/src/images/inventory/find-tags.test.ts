import { describe, expect, it } from 'vitest';
import { callAnswering, inventory } from '../../../test/service-call.ts';
import { findTags } from './find-tags.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const rows = [
  { RepoName: 'api', Tag: '1', Digest: A },
  { RepoName: 'api', Tag: 'latest', Digest: A },
  { RepoName: 'api', Tag: '2', Digest: B },
  { RepoName: 'web', Tag: '1', Digest: A.toUpperCase() },
  { RepoName: 'web', Tag: 'broken' },
];

/** A service that searches by the given criteria. */
const matches = (row: object, criteria: readonly { name: string; value: string }[]): boolean =>
  criteria.every(({ name, value }) => {
    const field = name.charAt(0).toUpperCase() + name.slice(1);
    return String(Object(row)[field]).toLowerCase() === value;
  });

describe('findTags', () => {
  it('lets the service search by digest', async () => {
    const { call, asked } = callAnswering(inventory(rows, { matches }));
    const found = await findTags(call, `sha256:${A}`);
    expect(found).toMatchObject({
      digest: `sha256:${A}`,
      tags: ['1', 'latest'],
      searchedBy: 'criterion',
      source: 'DescribeImageInstances',
      inventoryChanged: false,
      requestIds: ['R1'],
    });
    expect(found.images).toHaveLength(3);
    expect(JSON.parse(asked[0]?.parameters['Criteria'] ?? '')).toEqual([{ name: 'digest', value: A }]);
  });

  it('accepts a digest without sha256: and in upper case', async () => {
    const { call } = callAnswering(inventory(rows, { matches }));
    expect((await findTags(call, B.toUpperCase())).tags).toEqual(['2']);
  });

  it('compares each row, because the service may ignore the criterion', async () => {
    const { call } = callAnswering(inventory(rows));
    expect(await findTags(call, B)).toMatchObject({ tags: ['2'], searchedBy: 'criterion' });
  });

  it('reads the whole inventory and reports it if the service rejects the criterion', async () => {
    const { call, asked } = callAnswering((request, index) =>
      request.parameters['Criteria']?.includes('digest')
        ? { status: 400, body: { Code: 'InvalidParameter', Message: 'digest' } }
        : inventory(rows, { matches })(request, index),
    );
    expect(await findTags(call, A, { filter: { repoName: 'api' } })).toMatchObject({
      tags: ['1', 'latest'],
      searchedBy: 'inventory',
    });
    expect(JSON.parse(asked[1]?.parameters['Criteria'] ?? '')).toEqual([{ name: 'repoName', value: 'api' }]);
  });

  it('returns no tags for a digest that no row has', async () => {
    const { call } = callAnswering(inventory(rows, { matches }));
    expect(await findTags(call, 'c'.repeat(64))).toMatchObject({ tags: [], images: [] });
  });

  it('throws any other error', async () => {
    const { call, asked } = callAnswering(() => ({ status: 403, body: { Code: 'NoPermission' } }));
    await expect(findTags(call, A)).rejects.toMatchObject({ code: 'Permission' });
    expect(asked).toHaveLength(1);
  });

  it('rejects an invalid digest before the first request', async () => {
    const { call, asked } = callAnswering(inventory(rows));
    await expect(findTags(call, 'latest')).rejects.toMatchObject({ code: 'Validation', status: undefined });
    expect(asked).toHaveLength(0);
  });
});
