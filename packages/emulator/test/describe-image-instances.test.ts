import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator, Seed } from '../src/index.ts';
import { NOW } from './sign.ts';
import { call, DIGEST_A, DIGEST_B, listRows, registriesWith, start } from './start.ts';

const action = 'DescribeImageInstances';

/** 45 tags, `t01` the oldest. */
const manyTags: Seed = {
  registries: registriesWith(
    ...Array.from({ length: 45 }, (_, index) => ({
      tag: `t${String(index + 1).padStart(2, '0')}`,
      history: [{ at: `-${100 - index}h`, digest: DIGEST_A }],
    })),
  ),
};

const mixed: Seed = {
  registries: [
    {
      regionId: 'cn-hangzhou',
      instanceId: 'cri-first',
      domains: {
        internet: ['acme.cn-hangzhou.cr.aliyuncs.com'],
        vpc: ['acme-vpc.cn-hangzhou.cr.aliyuncs.com'],
      },
      repositories: [
        {
          repoId: 'crr-first',
          namespace: 'shop',
          name: 'checkout',
          tags: [
            {
              tag: '1.0',
              history: [
                {
                  at: '2026-11-01T00:00:00Z',
                  digest: DIGEST_A,
                  imageId: 'c'.repeat(64),
                  sizeBytes: 1604487690,
                },
              ],
              scans: [{ startedAt: '2026-11-02T00:00:00Z', vulnerabilities: 2, alerts: 1 }],
              deployed: true,
              sourceBizTag: 'PAI',
            },
            {
              tag: '1.1',
              history: [{ at: '2026-11-03T00:00:00Z', digest: DIGEST_B }],
              scans: [{ startedAt: '-1h' }],
            },
          ],
        },
      ],
    },
    {
      registryType: 'harbor',
      regionId: 'cn-shanghai',
      instanceId: '39010482',
      repositories: [
        {
          repoId: 'f'.repeat(32),
          namespace: 'library',
          name: 'nginx',
          type: 'public',
          tags: [
            { tag: '1.27', history: [{ at: '2026-11-04T00:00:00Z', digest: 'd'.repeat(64) }] },
            {
              tag: '1.28',
              history: [{ at: '2026-11-05T00:00:00Z', digest: 'e'.repeat(64) }],
              scans: [{ startedAt: '-1h', result: 'FAIL', error: 'TASK_NOT_EXISTS' }],
            },
          ],
        },
      ],
    },
  ],
};

describe('the pages of DescribeImageInstances', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await start(manyTags);
  });
  afterAll(() => emulator.close());

  it.each([
    [{}, { CurrentPage: 1, PageSize: 20, TotalCount: 45, Count: 20 }, 't45', 't26'],
    [{ CurrentPage: '3' }, { CurrentPage: 3, PageSize: 20, TotalCount: 45, Count: 5 }, 't05', 't01'],
    [
      { PageSize: '7', CurrentPage: '2' },
      { CurrentPage: 2, PageSize: 7, TotalCount: 45, Count: 7 },
      't38',
      't32',
    ],
    [{ PageSize: '45' }, { CurrentPage: 1, PageSize: 45, TotalCount: 45, Count: 45 }, 't45', 't01'],
    [{ CurrentPage: '4' }, { CurrentPage: 4, PageSize: 20, TotalCount: 45, Count: 0 }, undefined, undefined],
    [
      { PageSize: '', CurrentPage: '' },
      { CurrentPage: 1, PageSize: 20, TotalCount: 45, Count: 20 },
      't45',
      't26',
    ],
  ])('are those of %j: %j', async (parameters, pageInfo, first, last) => {
    const { document } = await call(emulator, parameters, { action });
    expect(document.PageInfo).toEqual(pageInfo);
    expect(document.ImageInstanceList).toHaveLength(pageInfo.Count);
    expect(document.ImageInstanceList.at(0)?.Tag).toBe(first);
    expect(document.ImageInstanceList.at(-1)?.Tag).toBe(last);
  });

  it.each([
    [{ PageSize: '101' }, 'InvalidPageSize'],
    [{ PageSize: '0' }, 'InvalidPageSize'],
    [{ PageSize: 'many' }, 'InvalidPageSize'],
    [{ CurrentPage: '0' }, 'InvalidCurrentPage'],
    [{ CurrentPage: '1.5' }, 'InvalidCurrentPage'],
    [{ LogicalExp: 'XOR' }, 'InvalidLogicalExp'],
    [{ Scanned: 'perhaps' }, 'InvalidScanned'],
  ])('are rejected for %j with %s', async (parameters, code) => {
    const { status, document } = await call(emulator, parameters, { action });
    expect([status, document.Code]).toEqual([400, code]);
  });

  it('are clamped to the allowed range when that is assumed', async () => {
    await using clamping = await start(manyTags, { assumptions: { oversizedPage: 'clamp' } });
    const { document } = await call(clamping, { PageSize: '500', CurrentPage: '-2' }, { action });
    expect(document.PageInfo).toMatchObject({ CurrentPage: 1, PageSize: 100 });
  });

  it('have no maximum size when that is assumed', async () => {
    await using unbounded = await start(manyTags, { assumptions: { maximumPageSize: 'none' } });
    expect((await call(unbounded, { PageSize: '100000' }, { action })).document.PageInfo.Count).toBe(45);
  });

  it('have the order of the seed when that is assumed', async () => {
    await using ordered = await start(manyTags, { assumptions: { inventoryOrder: 'seed' } });
    expect((await listRows(ordered))[0]?.['Tag']).toBe('t01');
  });
});

describe('a row of DescribeImageInstances', () => {
  it('has the fields and types of the service', async () => {
    await using emulator = await start(mixed);
    const row = (await listRows(emulator)).find(({ Tag }) => Tag === '1.0');
    expect(row).toEqual({
      RegionId: 'cn-hangzhou',
      InstanceId: 'cri-first',
      RepoId: 'crr-first',
      RepoNamespace: 'shop',
      RepoName: 'checkout',
      RepoType: 'private',
      RegistryType: 'acr',
      Endpoints: JSON.stringify([
        { type: 'internet', domains: ['acme.cn-hangzhou.cr.aliyuncs.com'] },
        { type: 'vpc', domains: ['acme-vpc.cn-hangzhou.cr.aliyuncs.com'] },
      ]),
      Tag: '1.0',
      Digest: DIGEST_A,
      ImageId: 'c'.repeat(64),
      Uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      Status: 'NORMAL',
      Deployed: 1,
      ImageCreate: String(Date.parse('2026-11-01T00:00:00Z')),
      ImageUpdate: String(Date.parse('2026-11-01T00:00:00Z')),
      ImageSize: '1604487690',
      ScaStatus: 'SUCCESS',
      ScaProgress: 100,
      LastScanTime: Date.parse('2026-11-02T00:00:55Z'),
      VulCount: 2,
      VulStatus: 'YES',
      AlarmCount: 1,
      AlarmStatus: 'YES',
      HcCount: 0,
      HcStatus: 'NO',
      RiskStatus: 'YES',
      SourceBizTag: 'PAI',
    });
  });

  it('has no risk fields when the image was never scanned', async () => {
    await using emulator = await start(mixed);
    const row = (await listRows(emulator)).find(({ Tag }) => Tag === '1.27') ?? {};
    const scanFields = Object.keys(row).filter((name) => /^(?:Sca|Vul|Alarm|Hc|Risk|LastScan)/.test(name));
    expect(scanFields).toEqual([]);
  });

  it('has the status INIT when the image was never scanned and that is assumed', async () => {
    await using emulator = await start(mixed, { assumptions: { neverScannedStatus: 'INIT' } });
    expect((await listRows(emulator)).find(({ Tag }) => Tag === '1.27')).toMatchObject({ ScaStatus: 'INIT' });
  });

  it('has the error of a failed scan and no counts', async () => {
    await using emulator = await start(mixed);
    const row = (await listRows(emulator)).find(({ Tag }) => Tag === '1.28');
    expect(row).toMatchObject({
      ScaStatus: 'FAIL',
      ScaResult: 'TASK_NOT_EXISTS',
      LastScanTime: Date.parse(NOW) - 3_560_000,
    });
    expect(row).not.toHaveProperty('VulCount');
  });
});

describe('the filters of DescribeImageInstances', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await start(mixed);
  });
  afterAll(() => emulator.close());

  const criterion = (name: string, value: string, logicalExp?: string) => ({ name, value, logicalExp });

  it.each([
    ['nothing', [], undefined, ['1.0', '1.1', '1.27', '1.28']],
    ['a tag', [criterion('tag', '1.27')], undefined, ['1.27']],
    ['part of a tag', [criterion('tag', '1.2')], undefined, ['1.27', '1.28']],
    ['text in another case', [criterion('repoName', 'CHECKOUT')], undefined, ['1.0', '1.1']],
    ['two items', [criterion('repoName', 'checkout'), criterion('tag', '1.1')], undefined, ['1.1']],
    ['two items with AND', [criterion('repoName', 'checkout'), criterion('tag', '1.27')], 'AND', []],
    [
      'two items with OR',
      [criterion('repoName', 'checkout'), criterion('tag', '1.27')],
      'OR',
      ['1.0', '1.1', '1.27'],
    ],
    [
      'two values with AND',
      [criterion('tag', '1', 'AND'), criterion('tag', '28', 'AND')],
      undefined,
      ['1.28'],
    ],
    [
      'two values with OR',
      [criterion('tag', '1.27', 'OR'), criterion('tag', '1.1', 'OR')],
      undefined,
      ['1.1', '1.27'],
    ],
    ['two values without logicalExp', [criterion('tag', '1.27'), criterion('tag', '1.1')], undefined, []],
    [
      'values with OR of one item and AND between items',
      [criterion('tag', '1.27', 'OR'), criterion('tag', '1.1', 'OR'), criterion('repoName', 'nginx')],
      'AND',
      ['1.27'],
    ],
    ['an instance', [criterion('instanceId', '39010482')], undefined, ['1.27', '1.28']],
    ['a repository id', [criterion('repoId', 'crr-first')], undefined, ['1.0', '1.1']],
    ['a namespace', [criterion('repoNamespace', 'library')], undefined, ['1.27', '1.28']],
    ['a region', [criterion('regionId', 'cn-shanghai')], undefined, ['1.27', '1.28']],
    ['a digest', [criterion('digest', DIGEST_B)], undefined, ['1.1']],
    ['a digest with its algorithm', [criterion('digest', `sha256:${DIGEST_B}`)], undefined, ['1.1']],
    ['an image id', [criterion('imageId', 'cccc')], undefined, ['1.0']],
    ['a registry type', [criterion('registryType', 'harbor')], undefined, ['1.27', '1.28']],
    ['part of a registry type, which is not free text', [criterion('registryType', 'harb')], undefined, []],
    ['a risk', [criterion('riskStatus', 'YES')], undefined, ['1.0']],
    [
      'no vulnerabilities, without images that were never scanned',
      [criterion('vulStatus', 'NO')],
      undefined,
      ['1.1'],
    ],
    ['alerts', [criterion('alarmStatus', 'YES')], undefined, ['1.0']],
    ['baseline risks', [criterion('hcStatus', 'YES')], undefined, []],
    [
      'an unknown item, which is ignored',
      [criterion('colour', 'red')],
      undefined,
      ['1.0', '1.1', '1.27', '1.28'],
    ],
    [
      'a name of Object.prototype, which is ignored too',
      [criterion('constructor', 'x')],
      undefined,
      ['1.0', '1.1', '1.27', '1.28'],
    ],
  ])('keep the rows that match %s', async (_what, criteria, logicalExp, tags) => {
    const rows = await listRows(emulator, {
      Criteria: JSON.stringify(criteria),
      ...(logicalExp !== undefined && { LogicalExp: logicalExp }),
    });
    expect(rows.map(({ Tag }) => Tag).sort()).toEqual(tags);
  });

  it.each([
    ['not JSON', '[{"name":"tag"'],
    ['not an array', '{"name":"tag","value":"1"}'],
    ['an item without a name', '[{"value":"1"}]'],
    ['an item without a value', '[{"name":"tag"}]'],
    ['an unknown logicalExp', '[{"name":"tag","value":"1","logicalExp":"NOT"}]'],
  ])('are rejected when Criteria is %s', async (_what, Criteria) => {
    const { status, document } = await call(emulator, { Criteria }, { action });
    expect([status, document.Code]).toEqual([400, 'InvalidCriteria']);
  });

  it.each([
    ['true', ['1.0', '1.1', '1.28']],
    ['false', ['1.27']],
  ])('keep the rows of Scanned=%s', async (Scanned, tags) => {
    expect((await listRows(emulator, { Scanned })).map(({ Tag }) => Tag).sort()).toEqual(tags);
  });

  it('apply before paging', async () => {
    const Criteria = JSON.stringify([criterion('repoName', 'nginx')]);
    const { document } = await call(emulator, { Criteria, PageSize: '1' }, { action });
    expect(document.PageInfo).toMatchObject({ TotalCount: 2, Count: 1 });
  });

  it.each([
    [{ criteriaMatch: 'exact' }, [criterion('tag', '1.2')], []],
    [{ unknownCriterion: 'match-nothing' }, [criterion('colour', 'red')], []],
    [{ unknownCriterion: 'refuse' }, [criterion('colour', 'red')], 'InvalidCriteria'],
    [{ digestCriterion: 'refuse' }, [criterion('digest', DIGEST_B)], 'InvalidCriteria'],
  ] as const)('behave differently when %j is assumed', async (assumptions, criteria, expected) => {
    await using other = await start(mixed, { assumptions });
    const { document } = await call(other, { Criteria: JSON.stringify(criteria) }, { action });
    expect(document.Code ?? document.ImageInstanceList).toEqual(expected);
  });

  it('treat only successful scans as scanned when that is assumed', async () => {
    await using other = await start(mixed, { assumptions: { scannedMeans: 'succeeded' } });
    expect((await listRows(other, { Scanned: 'false' })).map(({ Tag }) => Tag).sort()).toEqual([
      '1.27',
      '1.28',
    ]);
  });
});

describe('the criteria operations', () => {
  it('list the search items of the inventory', async () => {
    await using emulator = await start(mixed);
    const { document } = await call(emulator, {}, { action: 'DescribeImageRepoCriteria' });
    expect(document.CriteriaList.map(({ Name }: { Name: string }) => Name)).toEqual([
      'instanceId',
      'repoName',
      'repoId',
      'repoNamespace',
      'regionId',
      'vulStatus',
      'alarmStatus',
      'hcStatus',
      'riskStatus',
      'registryType',
      'imageId',
      'tag',
    ]);
    expect(document.CriteriaList).toContainEqual({ Name: 'tag', Type: 'input', Values: '' });
    expect(document.CriteriaList).toContainEqual({ Name: 'vulStatus', Type: 'select', Values: 'NO,YES' });
    expect(document.CriteriaList).toContainEqual({
      Name: 'registryType',
      Type: 'select',
      Values: 'acr,harbor',
    });
  });

  it('list the search items for images', async () => {
    await using emulator = await start(mixed);
    const { document } = await call(emulator, {}, { action: 'DescribeImageCriteria' });
    expect(document.CriteriaList.map(({ Name }: { Name: string }) => Name)).toEqual([
      'tag',
      'digest',
      'vulStatus',
      'alarmStatus',
      'riskStatus',
      'registryType',
    ]);
  });

  it.each([
    ['filter', ['repoName']],
    [
      'ignore',
      [
        'instanceId',
        'repoName',
        'repoId',
        'repoNamespace',
        'regionId',
        'vulStatus',
        'alarmStatus',
        'hcStatus',
        'riskStatus',
        'registryType',
        'imageId',
        'tag',
      ],
    ],
  ] as const)('treat Value as assumed: %s', async (criteriaValue, names) => {
    await using emulator = await start(mixed, { assumptions: { criteriaValue } });
    const { document } = await call(emulator, { Value: 'CHECK' }, { action: 'DescribeImageRepoCriteria' });
    expect(document.CriteriaList.map(({ Name }: { Name: string }) => Name)).toEqual(names);
  });

  it('count images and images with risks of ACR only', async () => {
    await using emulator = await start(mixed);
    const { document } = await call(emulator, {}, { action: 'DescribeImageStatistics' });
    expect(document).toMatchObject({ InstanceCount: 2, RiskInstanceCount: 1 });
  });
});
