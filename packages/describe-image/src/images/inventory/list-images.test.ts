import { describe, expect, it } from 'vitest';
import { type AskedRequest, answerPage, callAnswering, inventory } from '../../../test/service-call.ts';
import { ValidationError } from '../../errors/errors.ts';
import { type ImageList, listImages } from './list-images.ts';

const rows = (count: number, from = 0): object[] =>
  Array.from({ length: count }, (_, index) => ({ RepoId: 'crr-1', Tag: `t${from + index}` }));
const tags = (images: readonly { tag: string | undefined }[]): unknown[] => images.map(({ tag }) => tag);
const sizes = (asked: readonly AskedRequest[]): unknown[] =>
  asked.map(({ parameters }) => parameters['PageSize']);

async function readItems(list: ImageList): Promise<void> {
  for await (const image of list) expect(image.tag).toBeDefined();
}

describe('listImages', () => {
  it('reads all pages in order, without duplicates', async () => {
    const { call, asked } = callAnswering(inventory(rows(250)));
    const listing = await listImages(call).all();
    expect(tags(listing.images)).toEqual(tags(rows(250).map((row) => ({ tag: Object(row).Tag }))));
    expect(listing).toMatchObject({
      totalCount: 250,
      inventoryChanged: false,
      requestIds: ['R1', 'R2', 'R3'],
    });
    expect(listing).toMatchObject({ endpoint: 'host.example', attempts: 3 });
    expect(asked.map(({ parameters }) => parameters['CurrentPage'])).toEqual(['1', '2', '3']);
  });

  it('sends no request before the first image is read', () => {
    const { call, asked } = callAnswering(inventory(rows(1)));
    listImages(call);
    listImages(call).pages();
    expect(asked).toHaveLength(0);
  });

  it('requests no further page after an iteration is ended', async () => {
    const { call, asked } = callAnswering(inventory(rows(250)));
    for await (const image of listImages(call)) if (image.tag === 't3') break;
    expect(asked).toHaveLength(1);
  });

  it('returns no image for an empty inventory, with one request', async () => {
    const { call, asked } = callAnswering(inventory([]));
    expect(await listImages(call).all()).toMatchObject({
      images: [],
      totalCount: 0,
      inventoryChanged: false,
    });
    expect(asked).toHaveLength(1);
  });

  it('accepts pages that are smaller than requested', async () => {
    const { call, asked } = callAnswering(inventory(rows(45), { maxPageSize: 20 }));
    const listing = await listImages(call).all();
    expect(listing.images).toHaveLength(45);
    expect(listing.inventoryChanged).toBe(false);
    expect(asked).toHaveLength(3);
  });

  it('reads to the first page without new rows if the service returns no total', async () => {
    const pages = [rows(2), rows(2, 2), []];
    const { call } = callAnswering((_, index) => answerPage(pages[index] ?? [], undefined, index));
    const listing = await listImages(call).all();
    expect(listing).toMatchObject({ totalCount: undefined, inventoryChanged: false });
    expect(listing.images).toHaveLength(4);
  });

  it('stops at the limit, requests only as many rows and keeps the total', async () => {
    const { call, asked } = callAnswering(inventory(rows(250)));
    const listing = await listImages(call, {}, { limit: 7 }).all();
    expect(listing.images).toHaveLength(7);
    expect(listing.totalCount).toBe(250);
    expect(sizes(asked)).toEqual(['7']);
    const streamed: unknown[] = [];
    for await (const image of listImages(call, {}, { limit: 120 })) streamed.push(image.tag);
    expect(streamed).toHaveLength(120);
    expect(asked).toHaveLength(3);
  });

  it('reads all pages and sorts them by last change, rows without a time last', async () => {
    const dated = [
      { Tag: 'old', ImageCreate: '1000', ImageUpdate: '2000' },
      { Tag: 'none' },
      { Tag: 'new', ImageCreate: '5000' },
      { Tag: 'scanned', ImageUpdate: '3000', LastScanTime: 9000 },
    ];
    const { call, asked } = callAnswering(inventory(dated, { maxPageSize: 2 }));
    expect(tags((await listImages(call, {}, { newestFirst: true }).all()).images)).toEqual([
      'new',
      'scanned',
      'old',
      'none',
    ]);
    const newest: unknown[] = [];
    for await (const { tag } of listImages(call, {}, { newestFirst: true, limit: 1 })) newest.push(tag);
    expect(newest).toEqual(['new']);
    expect(sizes(asked)).toEqual(['100', '100', '100', '100']);
  });

  it.each<[string, readonly (readonly [object[], number])[], number]>([
    [
      'a total that grows',
      [
        [rows(2), 3],
        [rows(2, 2), 4],
      ],
      4,
    ],
    [
      'a total that shrinks',
      [
        [rows(2), 4],
        [rows(1, 2), 3],
      ],
      3,
    ],
    [
      'a row that moves onto the next page',
      [
        [rows(2), 4],
        [rows(2, 1), 4],
      ],
      3,
    ],
    [
      'rows that vanish',
      [
        [rows(2), 4],
        [[], 4],
      ],
      2,
    ],
    [
      'an empty page with another total',
      [
        [rows(2), 4],
        [[], 2],
      ],
      2,
    ],
  ])('reports a changed inventory for %s', async (_what, pages, images) => {
    const { call, asked } = callAnswering((_, index) => {
      const [page, total] = pages[index] ?? [[], 0];
      return answerPage(page, total, index);
    });
    const listing = await listImages(call, {}, { pageSize: 2 }).all();
    expect(listing.inventoryChanged).toBe(true);
    expect(listing.images).toHaveLength(images);
    expect(asked).toHaveLength(pages.length);
  });

  it('reports a changed inventory for all later pages', async () => {
    const totals = [6, 7, 7, 7];
    const { call } = callAnswering((_, index) => answerPage(rows(2, index * 2), totals[index], index));
    const changed: boolean[] = [];
    for await (const page of listImages(call, {}, { pageSize: 2 }).pages())
      changed.push(page.inventoryChanged);
    expect(changed).toEqual([false, true, true, true]);
  });

  it('returns two rows for a tag that moved between two pages', async () => {
    const [a, b] = ['a', 'b'].map((digit) => ({ RepoId: 'crr-1', Tag: 'x', Digest: digit.repeat(64) }));
    const { call } = callAnswering(inventory([a ?? {}, b ?? {}]));
    expect((await listImages(call).all()).images).toHaveLength(2);
  });

  it('stops if the service repeats its first page, and reports a changed inventory', async () => {
    const { call, asked } = callAnswering((_, index) => answerPage(rows(100), 10_000_000, index));
    const listing = await listImages(call).all();
    expect(listing.images).toHaveLength(100);
    expect(listing.inventoryChanged).toBe(true);
    expect(asked.length).toBeLessThan(20);
  });

  it('continues after one page without new rows', async () => {
    const pages = [rows(2), rows(2), rows(2, 2)];
    const { call } = callAnswering((_, index) => answerPage(pages[index] ?? [], 6, index));
    expect((await listImages(call, {}, { pageSize: 2 }).all()).images).toHaveLength(4);
  });

  it('sends each condition of the filter as a criterion, combined with AND', async () => {
    const { call, asked } = callAnswering(inventory([]));
    const digest = 'AB'.repeat(32);
    await listImages(call, {
      regionId: 'cn-hangzhou',
      instanceId: 'cri-1',
      repoId: 'crr-1',
      repoName: 'api',
      repoNamespace: 'shop',
      tag: '1',
      registryType: 'acr',
      riskStatus: 'YES',
      vulStatus: 'NO',
      alarmStatus: 'NO',
      hcStatus: 'NO',
      imageId: 'i',
      digest: `sha256:${digest}`,
      scanned: true,
      criteria: [{ name: 'new', value: 'x', logicalExp: 'OR' }],
    }).all();
    const { Criteria, LogicalExp, Scanned } = asked[0]?.parameters ?? {};
    expect(JSON.parse(Criteria ?? '')).toEqual([
      { name: 'regionId', value: 'cn-hangzhou' },
      { name: 'instanceId', value: 'cri-1' },
      { name: 'repoId', value: 'crr-1' },
      { name: 'repoName', value: 'api' },
      { name: 'repoNamespace', value: 'shop' },
      { name: 'tag', value: '1' },
      { name: 'registryType', value: 'acr' },
      { name: 'riskStatus', value: 'YES' },
      { name: 'vulStatus', value: 'NO' },
      { name: 'alarmStatus', value: 'NO' },
      { name: 'hcStatus', value: 'NO' },
      { name: 'imageId', value: 'i' },
      { name: 'digest', value: digest.toLowerCase() },
      { name: 'new', value: 'x', logicalExp: 'OR' },
    ]);
    expect([LogicalExp, Scanned]).toEqual(['AND', 'true']);
  });

  it('sends no LogicalExp for one condition', async () => {
    const { call, asked } = callAnswering(inventory([]));
    await listImages(call, { tag: '1' }).all();
    expect(asked[0]?.parameters).not.toHaveProperty('LogicalExp');
  });

  it.each([
    [{}, { limit: 0 }, /^limit/],
    [{}, { limit: 1.5 }, /^limit/],
    [{}, { pageSize: -1 }, /^pageSize/],
    [{ digest: 'latest' }, {}, /^digest/],
  ])('rejects %j %j before the first request', (filter, options, message) => {
    const { call, asked } = callAnswering(inventory([]));
    expect(() => listImages(call, filter, options)).toThrow(ValidationError);
    expect(() => listImages(call, filter, options)).toThrow(message);
    expect(asked).toHaveLength(0);
  });

  const limits = {
    signal: new AbortController().signal,
    attemptTimeoutMs: 1,
    totalTimeoutMs: 2,
    maxRetries: 0,
  };

  it.each([
    ['all()', true, limits, (list: ImageList) => list.all()],
    ['all()', true, {}, (list: ImageList) => list.all()],
    ['an iteration', true, limits, readItems],
    ['an iteration', false, {}, readItems],
  ])(
    'passes the options to each page of %s, with one shared total: %s',
    async (_what, isShared, options, read) => {
      const { call, asked } = callAnswering(inventory(rows(150)));
      await read(listImages(call, {}, options));
      expect(asked.map(({ options }) => options)).toMatchObject([options, options]);
      const [first, second] = asked.map(({ options }) => options?.sharedTotal);
      expect(first !== undefined).toBe(isShared);
      expect(second).toBe(first);
    },
  );

  it('ignores changes that the caller makes to filter and options between two pages', async () => {
    const { call, asked } = callAnswering(inventory(rows(150)));
    const criterion = { name: 'tag', value: 'a' };
    const options = { maxRetries: 1 };
    for await (const _ of listImages(call, { criteria: [criterion] }, options).pages()) {
      criterion.value = 'b';
      options.maxRetries = 2;
    }
    expect(asked.map(({ parameters }) => parameters['Criteria'])).toEqual([
      '[{"name":"tag","value":"a"}]',
      '[{"name":"tag","value":"a"}]',
    ]);
    expect(asked.map(({ options }) => options?.maxRetries)).toEqual([1, 1]);
  });

  it('throws the error of a page', async () => {
    const { call } = callAnswering((request, index) =>
      index === 0
        ? inventory(rows(150))(request, index)
        : { status: 403, body: { Code: 'NoPermission', RequestId: 'R' } },
    );
    await expect(listImages(call).all()).rejects.toMatchObject({ code: 'Permission' });
  });
});
