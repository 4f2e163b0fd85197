import { describe, expect, it } from 'vitest';
import { callAnswering, service } from '../../../test/service-call.ts';
import { listChoices } from './list-choices.ts';

const ROWS = Array.from({ length: 30_000 }, (_, index) => ({
  RegionId: index < 29_900 ? 'cn-hangzhou' : 'cn-shanghai',
  InstanceId: 'cri-1',
  RepoId: `crr-${index % 300}`,
  RepoNamespace: 'shop',
  RepoName: `api-${index % 300}`,
  Tag: `1.${index}`,
}));

describe('listChoices on an inventory of 30,000 rows', () => {
  it('returns all values page by page, without duplicates', async () => {
    const { call } = callAnswering(service(ROWS));
    const values: string[] = [];
    let after: string | undefined;
    do {
      const page = await listChoices(call, 'repoId', { within: { regionId: 'cn-shanghai' }, after });
      values.push(...page.choices.map(({ value }) => value));
      after = page.next;
    } while (after !== undefined);
    expect(new Set(values).size).toBe(100);
    expect(values).toHaveLength(100);
  });

  it('lets the service search, with one request', async () => {
    const { call, asked } = callAnswering(service(ROWS));
    const { choices, next } = await listChoices(call, 'repoId', { search: 'SHOP/api-299'.toLowerCase() });
    expect(choices).toEqual([{ value: 'crr-299', label: 'shop/api-299' }]);
    expect(next).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('stops after ten requests and continues from there', async () => {
    const { call, asked } = callAnswering(service(ROWS));
    const first = await listChoices(call, 'regionId');
    expect(asked).toHaveLength(10);
    expect(first.choices.map(({ value }) => value)).toEqual(['cn-hangzhou']);
    await listChoices(call, 'regionId', { after: first.next });
    expect(asked[10]?.parameters['CurrentPage']).toBe('11');
  });

  it('labels an instance with its domain, and finds it by the domain or by the id', async () => {
    const Endpoints = JSON.stringify([{ type: 'internet', domains: ['acme.cn-hangzhou.cr.aliyuncs.com'] }]);
    const { call } = callAnswering(
      service([
        { ...ROWS[0], Endpoints },
        { ...ROWS[0], InstanceId: '390' },
      ]),
    );
    const acme = { value: 'cri-1', label: 'acme.cn-hangzhou.cr.aliyuncs.com (cri-1)' };
    const search = async (text: string) => (await listChoices(call, 'instanceId', { search: text })).choices;
    expect(await search('')).toEqual([acme, { value: '390', label: '390' }]);
    expect(await search('acme')).toEqual([acme]);
    expect(await search('cri-1')).toEqual([acme]);
  });

  it('compares the chosen values exactly, although the service matches fuzzily', async () => {
    const { call } = callAnswering(service(ROWS));
    const { choices } = await listChoices(call, 'tag', { within: { repoId: 'crr-1' }, search: '1.1' });
    expect(choices[0]).toEqual({ value: '1.1', label: '1.1' });
    expect(choices.every(({ value }) => (Number(value.slice(2)) - 1) % 300 === 0)).toBe(true);
  });

  it('rejects a position that is not from a previous page', async () => {
    await expect(listChoices(callAnswering(service([])).call, 'tag', { after: 'x' })).rejects.toThrow(
      'after',
    );
  });
});
