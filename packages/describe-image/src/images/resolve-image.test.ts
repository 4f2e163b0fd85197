import { describe, expect, test } from 'vitest';
import {
  type AskedRequest,
  callAnswering,
  inventory,
  type ScriptedAnswer,
} from '../../test/inventory-call.ts';
import { resolveImage } from './resolve-image.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const row = {
  RegionId: 'cn-hangzhou',
  InstanceId: 'cri-1',
  RepoId: 'crr-1',
  RepoName: 'api',
  RepoNamespace: 'shop',
  Tag: '1.8.0',
  Digest: A,
  ImageUpdate: '1000',
};

/** A service with these rows, whose DescribeImage answers with `live`. */
function service(
  rows: readonly object[],
  live: ScriptedAnswer = { body: { RequestId: 'L', Data: { Digest: A } } },
) {
  return callAnswering((request, index) =>
    request.action === 'DescribeImage' ? live : inventory(rows)(request, index),
  );
}
const actions = (asked: readonly AskedRequest[]): string[] => asked.map(({ action }) => action);

describe('resolveImage', () => {
  test('finds the row, asks DescribeImage with its ids and says where each digest came from', async () => {
    const { call, asked } = service([row]);
    const resolved = await resolveImage(call, 'shop/api:1.8.0');
    expect(resolved).toMatchObject({
      digest: `sha256:${A}`,
      source: 'DescribeImage',
      requestId: 'L',
      endpoint: 'host.example',
      attempts: 2,
      sourcesAgree: true,
      liveCheck: 'answered',
      image: { repoName: 'api' },
      reference: { repository: 'api', tag: '1.8.0' },
    });
    expect(resolved.sources.map(({ source, requestId }) => [source, requestId])).toEqual([
      ['DescribeImageInstances', 'R1'],
      ['DescribeImage', 'L'],
    ]);
    expect(asked[1]?.parameters).toEqual({
      ImageRegionId: 'cn-hangzhou',
      ImageInstanceId: 'cri-1',
      ImageRepoId: 'crr-1',
      ImageTag: '1.8.0',
    });
  });

  test('searches with everything that the reference says', async () => {
    const { call, asked } = service([row]);
    await resolveImage(call, 'acme.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0');
    expect(JSON.parse(asked[0]?.parameters['Criteria'] ?? '')).toEqual([
      { name: 'regionId', value: 'cn-hangzhou' },
      { name: 'repoName', value: 'api' },
      { name: 'repoNamespace', value: 'shop' },
      { name: 'tag', value: '1.8.0' },
    ]);
  });

  test('no tag means latest', async () => {
    const { call } = service([row, { ...row, Tag: 'latest' }]);
    expect((await resolveImage(call, 'shop/api')).image.tag).toBe('latest');
  });

  test('an unknown image is NotFound, with what was nearly it', async () => {
    await expect(resolveImage(service([]).call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'NotFound',
      requestId: 'R1',
      message: "shop/api:1.8.0: no such image in Security Center's inventory",
      endpoint: 'host.example',
      attempts: 1,
    });
    const fuzzy = service([
      { ...row, Tag: '1.8.0-rc' },
      { ...row, RepoName: 'api2' },
    ]);
    await expect(resolveImage(fuzzy.call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'NotFound',
      message: expect.stringContaining('2 similar rows do not fit'),
    });
    expect(actions(fuzzy.asked)).toEqual(['DescribeImageInstances']);
  });

  test('several repositories that fit are Ambiguous, each listed, and nothing is guessed', async () => {
    const { call, asked } = service([row, { ...row, InstanceId: 'cri-2', RepoId: 'crr-2', Digest: B }]);
    await expect(resolveImage(call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'Ambiguous',
      requestId: 'R1',
      endpoint: 'host.example',
      attempts: 1,
      candidates: [
        { instanceId: 'cri-1', repoId: 'crr-1', digest: `sha256:${A}` },
        { instanceId: 'cri-2', repoId: 'crr-2', digest: `sha256:${B}` },
      ],
    });
    expect(actions(asked)).toEqual(['DescribeImageInstances']);
  });

  test.each([
    ['the namespace', 'web/api:1.8.0', {}],
    ['an instance id in the reference', 'cri-2/api:1.8.0', {}],
    ['the region of the host', 'acme.eu-west-1.cr.aliyuncs.com/api:1.8.0', {}],
    ['the region as a hint', 'api:1.8.0', { regionId: 'eu-west-1' }],
    ['the instance as a hint', 'api:1.8.0', { instanceId: 'cri-2' }],
    ['the repository as a hint', 'api:1.8.0', { repoId: 'crr-2' }],
  ])('%s narrows', async (_what, reference, hints) => {
    const other = {
      ...row,
      RegionId: 'eu-west-1',
      InstanceId: 'cri-2',
      RepoId: 'crr-2',
      RepoNamespace: 'web',
    };
    const { call } = service([row, other]);
    expect((await resolveImage(call, reference, hints)).image.repoId).toBe('crr-2');
  });

  test('a host narrows to the rows whose registry answers to it, in its VPC form too', async () => {
    const at = (domain: string): string => JSON.stringify([{ type: 'internet', domains: [domain] }]);
    const { call } = service([
      { ...row, Endpoints: at('acme.cn-hangzhou.cr.aliyuncs.com') },
      { ...row, InstanceId: 'cri-2', RepoId: 'crr-2', Endpoints: at('other.cn-hangzhou.cr.aliyuncs.com') },
      { ...row, InstanceId: 'cri-3', RepoId: 'crr-3', Endpoints: '[]' },
    ]);
    const resolved = await resolveImage(call, 'other-vpc.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0');
    expect(resolved.image.repoId).toBe('crr-2');
  });

  test('a row of another registry does not stand in for one that is missing', async () => {
    const Endpoints = '[{"type":"internet","domains":["acme.cn-hangzhou.cr.aliyuncs.com"]}]';
    const { call } = service([{ ...row, Endpoints }]);
    await expect(
      resolveImage(call, 'other.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0'),
    ).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('a tag that was moved is one image: its latest row counts', async () => {
    const { call } = service([row, { ...row, Digest: B, ImageUpdate: '2000' }], { body: { RequestId: 'L' } });
    expect(await resolveImage(call, 'shop/api:1.8.0')).toMatchObject({
      digest: `sha256:${B}`,
      liveCheck: 'no-digest',
    });
  });

  test('where the inventory lags behind, DescribeImage is believed and the disagreement told', async () => {
    const { call } = service([row], { body: { RequestId: 'L', Data: { Digest: B } } });
    expect(await resolveImage(call, 'shop/api:1.8.0')).toMatchObject({
      digest: `sha256:${B}`,
      source: 'DescribeImage',
      sourcesAgree: false,
      sources: [{ digest: `sha256:${A}` }, { digest: `sha256:${B}` }],
    });
  });

  test('without an answer of DescribeImage the inventory stands, alone', async () => {
    const { call } = service([row], { body: { RequestId: 'L', Data: {} } });
    expect(await resolveImage(call, 'shop/api:1.8.0')).toMatchObject({
      digest: `sha256:${A}`,
      source: 'DescribeImageInstances',
      requestId: 'R1',
      liveCheck: 'no-digest',
      sourcesAgree: undefined,
    });
  });

  test.each([
    ['a number as instance id', { InstanceId: '39010' }],
    ['a hash as repository id', { RepoId: 'f2b86d20' }],
    ['no region', { RegionId: undefined }],
  ])('DescribeImage is not asked with ids it is not documented to take: %s', async (_what, ids) => {
    const { call, asked } = service([{ ...row, ...ids }]);
    expect(await resolveImage(call, 'shop/api:1.8.0')).toMatchObject({
      source: 'DescribeImageInstances',
      liveCheck: 'ids-not-of-container-registry',
      sourcesAgree: undefined,
    });
    expect(actions(asked)).toEqual(['DescribeImageInstances']);
  });

  test('a declared digest is a source of its own, and may disagree', async () => {
    const { call } = service([row]);
    expect(await resolveImage(call, `shop/api:1.8.0@sha256:${A}`)).toMatchObject({ sourcesAgree: true });
    expect(await resolveImage(call, `shop/api:1.8.0@sha256:${B}`)).toMatchObject({
      digest: `sha256:${A}`,
      sourcesAgree: false,
      sources: [{ source: 'reference', digest: `sha256:${B}` }, {}, {}],
    });
  });

  test('a reference by digest only finds the row that carries it, and no tag is asked live', async () => {
    const { call, asked } = service([{ ...row, Digest: B, Tag: 'x' }, row, { ...row, Tag: 'same' }]);
    expect(await resolveImage(call, `shop/api@sha256:${A}`)).toMatchObject({
      digest: `sha256:${A}`,
      liveCheck: 'reference-names-no-tag',
      sourcesAgree: true,
    });
    expect(actions(asked)).toEqual(['DescribeImageInstances']);
    await expect(resolveImage(call, `shop/api@sha256:${'c'.repeat(64)}`)).rejects.toMatchObject({
      code: 'NotFound',
    });
  });

  test('no digest from anyone is NotFound: the reference does not prove itself', async () => {
    const { call } = service([{ ...row, Digest: undefined }], { body: { RequestId: 'L' } });
    for (const reference of ['shop/api:1.8.0', `shop/api:1.8.0@sha256:${A}`])
      await expect(resolveImage(call, reference)).rejects.toMatchObject({
        code: 'NotFound',
        endpoint: 'host.example',
      });
  });

  test('a check that failed is not passed over', async () => {
    const { call } = service([row], { status: 403, body: { Code: 'NoPermission' } });
    await expect(resolveImage(call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'Permission',
      ramAction: 'yundun-sas:DescribeImage',
    });
  });

  test('a bad reference is refused before anything is sent', async () => {
    const { call, asked } = service([row]);
    await expect(resolveImage(call, 'Shop/API')).rejects.toMatchObject({ code: 'Validation' });
    expect(asked).toHaveLength(0);
  });

  test('passes the signal on to both requests', async () => {
    const { signal } = new AbortController();
    const { call, asked } = service([row]);
    await resolveImage(call, 'shop/api:1.8.0', { signal });
    expect(asked.map(({ options }) => options?.signal)).toEqual([signal, signal]);
  });
});
