import { describe, expect, it } from 'vitest';
import {
  type AskedRequest,
  callAnswering,
  inventoryRow,
  type ScriptedAnswer,
  service,
} from '../../../test/service-call.ts';
import { vulnerabilityPages, vulnerabilityRecord } from '../../../test/vulnerability-record.ts';
import { listVulnerabilities, type VulnerabilityList } from './list-vulnerabilities.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const records = (count: number, fields: object = {}): object[] =>
  Array.from({ length: count }, (_, index) =>
    vulnerabilityRecord({ PrimaryId: index + 1, Name: `debian:10:CVE-2024-${1000 + index}`, ...fields }),
  );
const names = (vulnerabilities: readonly { name: string }[]): string[] =>
  vulnerabilities.map(({ name }) => name.replace(/.*-/, ''));

/** Answers with the records, the row of the tag `1` and the live digest of it. */
function world(
  vulnerabilities: readonly object[],
  { row = {}, live = A }: { readonly row?: object; readonly live?: string } = {},
): (request: AskedRequest, index: number) => ScriptedAnswer {
  const images = service([inventoryRow(row)], live === '' ? {} : { 1: live });
  const list = vulnerabilityPages(vulnerabilities);
  return (request, index) => (request.action === 'DescribeImageVulList' ? list : images)(request, index);
}

describe('listVulnerabilities', () => {
  it('reads all pages of a digest, and asks nothing else', async () => {
    const { call, asked } = callAnswering(vulnerabilityPages(records(250)));
    const listing = await listVulnerabilities(call, { digest: `sha256:${A}` }).all();
    expect(listing.vulnerabilities).toHaveLength(250);
    expect(listing).toMatchObject({
      subject: { digest: `sha256:${A}`, isLive: undefined, liveCheck: 'not-asked', scanned: undefined },
      summary: { total: 250, fixable: 250, byNecessity: { asap: { total: 250, fixable: 250 } } },
      isComplete: true,
      totalCount: 250,
      requestIds: ['R1', 'R2', 'R3'],
      attempts: 3,
      source: 'DescribeImageVulList',
    });
    expect(asked.map(({ parameters }) => parameters)).toEqual(
      ['1', '2', '3'].map((CurrentPage) => ({
        Type: 'cve',
        Lang: 'en',
        Digest: A,
        CurrentPage,
        PageSize: '100',
      })),
    );
  });

  it('reads 5,000 vulnerabilities in order', async () => {
    const { call, asked } = callAnswering(vulnerabilityPages(records(5000)));
    const { vulnerabilities } = await listVulnerabilities(call, { digest: A }).all();
    expect(names(vulnerabilities)).toEqual(names(records(5000).map((row) => ({ name: Object(row).Name }))));
    expect(asked).toHaveLength(50);
  });

  it('sends no request before the first vulnerability is read, and none after the iteration ends', async () => {
    const { call, asked } = callAnswering(vulnerabilityPages(records(250)));
    const list = listVulnerabilities(call, { digest: A });
    list.pages();
    expect(asked).toHaveLength(0);
    for await (const { name } of list) if (name.endsWith('1003')) break;
    expect(asked).toHaveLength(1);
  });

  it('stops at the limit and reports that the list is incomplete', async () => {
    const { call, asked } = callAnswering(vulnerabilityPages(records(250)));
    const listing = await listVulnerabilities(call, { digest: A }, { limit: 7 }).all();
    expect(listing).toMatchObject({ isComplete: false, totalCount: 250 });
    expect(listing.vulnerabilities).toHaveLength(7);
    expect(asked).toHaveLength(1);
    const streamed: string[] = [];
    for await (const { name } of listVulnerabilities(call, { digest: A }, { limit: 120 }))
      streamed.push(name);
    expect(streamed).toHaveLength(120);
  });

  it('reports that records moved between pages', async () => {
    const pages = [records(2), records(2)];
    const { call } = callAnswering((_, index) => ({
      body: { TotalCount: 3, CurrentPage: index + 1, PageSize: 2, VulRecords: pages[index] ?? [] },
    }));
    expect(await listVulnerabilities(call, { digest: A }).all()).toMatchObject({ isComplete: false });
  });

  it('sorts by urgency over all pages before the limit applies', async () => {
    const mixed = [
      ...records(150, { Necessity: 'nntf' }),
      vulnerabilityRecord({ PrimaryId: 500, Name: 'x-asap', CanFix: 'no' }),
      vulnerabilityRecord({ PrimaryId: 501, Name: 'x-fixable' }),
      vulnerabilityRecord({ PrimaryId: 502, Name: 'x-other', Necessity: 'serious' }),
    ];
    const { call } = callAnswering(vulnerabilityPages(mixed));
    const list = listVulnerabilities(call, { digest: A }, { mostUrgentFirst: true, limit: 3 });
    const { vulnerabilities, summary } = await list.all();
    expect(names(vulnerabilities)).toEqual(['fixable', 'asap', 'other']);
    expect(summary).toMatchObject({ total: 153, byNecessity: { other: { total: 1, fixable: 1 } } });
    const streamed = [];
    for await (const vulnerability of list) streamed.push(vulnerability);
    expect(streamed).toEqual(vulnerabilities);
  });

  it('filters by priority, fixability, handling and name', async () => {
    const { call, asked } = callAnswering(
      vulnerabilityPages([
        vulnerabilityRecord({ PrimaryId: 1, Name: 'v-1' }),
        vulnerabilityRecord({ PrimaryId: 2, Name: 'v-2', CanFix: 'no' }),
        vulnerabilityRecord({ PrimaryId: 3, Name: 'v-3', Necessity: 'later' }),
        vulnerabilityRecord({ PrimaryId: 4, Name: 'v-4', Necessity: 'nntf', Status: 7 }),
      ]),
    );
    const list = async (filter: object): Promise<string[]> =>
      names((await listVulnerabilities(call, { digest: A, ...filter }).all()).vulnerabilities);
    expect(await list({})).toEqual(['1', '2', '3']);
    expect(await list({ includeFixed: true })).toEqual(['1', '2', '3', '4']);
    expect(await list({ fixable: true })).toEqual(['1', '3']);
    expect(await list({ fixable: false })).toEqual(['2']);
    expect(await list({ necessity: 'later', handled: false, name: 'v-3' })).toEqual(['3']);
    expect(asked.at(-1)?.parameters).toMatchObject({ Necessity: 'later', Dealed: 'n', Name: 'v-3' });
    expect(await list({ necessity: ['asap', 'later'], handled: true })).toEqual(['1', '2', '3']);
    expect(asked.at(-1)?.parameters).not.toHaveProperty('Necessity');
    expect(asked.at(-1)?.parameters).toMatchObject({ Dealed: 'y' });
  });

  it('leaves out records of other digests and merges those of containers', async () => {
    const { call } = callAnswering(
      vulnerabilityPages([
        vulnerabilityRecord({ PrimaryId: 1, Name: 'v-1', ImageDigest: A.toUpperCase() }),
        vulnerabilityRecord({ PrimaryId: 1, Name: 'v-1', ContainerId: 'c1' }),
        vulnerabilityRecord({ PrimaryId: 2, Name: 'v-2', ImageDigest: B }),
      ]),
    );
    const { vulnerabilities, isComplete } = await listVulnerabilities(call, { digest: A }).all();
    expect(names(vulnerabilities)).toEqual(['1']);
    expect(isComplete).toBe(true);
  });

  const targets: [string, Parameters<typeof listVulnerabilities>[1]][] = [
    ['a reference', { reference: 'shop/api:1' }],
    ['ids', { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1' }],
  ];

  it.each(targets)('lists the digest of %s whose scan is of the live digest', async (_, target) => {
    const row = { ScaStatus: 'SUCCESS', LastScanTime: 2000, VulCount: 3, AlarmCount: 0, HcCount: 0 };
    const { call } = callAnswering(world(records(3), { row }));
    const { subject, attempts, summary } = await listVulnerabilities(call, target).all();
    expect(subject).toMatchObject({
      digest: `sha256:${A}`,
      liveDigest: `sha256:${A}`,
      isLive: true,
      liveCheck: 'answered',
      scanned: true,
      scan: { state: 'risky' },
      image: { tag: '1' },
    });
    expect(summary.total).toBe(3);
    expect(attempts).toBe(3);
  });

  it.each(targets)(
    'reports that the scan of %s is of another digest than the live one',
    async (_, target) => {
      const { call } = callAnswering(world(records(3), { live: B }));
      const { subject, vulnerabilities } = await listVulnerabilities(call, target).all();
      expect(subject).toMatchObject({ digest: `sha256:${A}`, liveDigest: `sha256:${B}`, isLive: false });
      expect(vulnerabilities).toHaveLength(3);
    },
  );

  it.each(targets)('reports that %s has no live digest', async (_, target) => {
    const { call } = callAnswering(world(records(3), { live: '' }));
    const { subject } = await listVulnerabilities(call, target).all();
    expect(subject).toMatchObject({ digest: `sha256:${A}`, isLive: false, liveCheck: 'no-digest' });
  });

  it('returns an empty list of an image without a scan as not scanned', async () => {
    const { call } = callAnswering(world([]));
    const { subject, summary } = await listVulnerabilities(call, { reference: 'shop/api:1' }).all();
    expect(summary.total).toBe(0);
    expect(subject).toMatchObject({ isLive: true, scanned: false, scan: { state: 'unknown' } });
  });

  it('lists the digest of a reference that contains one', async () => {
    const { call } = callAnswering(world(records(2, { ImageDigest: B })));
    const { subject, summary } = await listVulnerabilities(call, {
      reference: `shop/api:1@sha256:${B}`,
    }).all();
    expect(subject).toMatchObject({ digest: `sha256:${B}`, isLive: false, scanned: false });
    expect(summary.total).toBe(2);
  });

  it('rejects a reference that no source has a digest for', async () => {
    const { call } = callAnswering(world([], { row: { Digest: undefined }, live: '' }));
    await expect(listVulnerabilities(call, { reference: 'shop/api:1' }).all()).rejects.toMatchObject({
      code: 'NotFound',
      message: 'shop/api:1: no source has a digest for this image',
    });
  });

  it('passes the signal and one total time limit to all requests', async () => {
    const { call, asked } = callAnswering(world(records(120)));
    const { signal } = new AbortController();
    await listVulnerabilities(call, { reference: 'shop/api:1' }, { signal, totalTimeoutMs: 5 }).all();
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map(({ options }) => options?.sharedTotal)).size).toBe(1);
    for (const { options } of asked) expect(options).toMatchObject({ signal, totalTimeoutMs: 5 });
  });

  it.each<[string, () => VulnerabilityList]>([
    ['no target', () => listVulnerabilities(noCall, Object({}))],
    ['two targets', () => listVulnerabilities(noCall, Object({ digest: A, reference: 'a' }))],
    ['a digest that is none', () => listVulnerabilities(noCall, { digest: 'latest' })],
    ['no priority', () => listVulnerabilities(noCall, { digest: A, necessity: [] })],
    ['a limit of 0', () => listVulnerabilities(noCall, { digest: A }, { limit: 0 })],
    ['a page size of 0', () => listVulnerabilities(noCall, { digest: A }, { pageSize: 0 })],
  ])('rejects %s', (_, list) => {
    expect(list).toThrow(expect.objectContaining({ code: 'Validation' }));
  });
});

const noCall = callAnswering(() => ({ body: {} })).call;
