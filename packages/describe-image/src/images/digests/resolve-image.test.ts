import { describe, expect, it } from 'vitest';
import {
  type AskedRequest,
  callAnswering,
  inventory,
  type ScriptedAnswer,
} from '../../../test/service-call.ts';
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

/** A service with these rows and this answer of DescribeImage. */
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
  it('finds the row, asks DescribeImage with its ids and returns the source of each digest', async () => {
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

  it('searches with all parts of the reference', async () => {
    const { call, asked } = service([row]);
    await resolveImage(call, 'acme.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0');
    expect(JSON.parse(asked[0]?.parameters['Criteria'] ?? '')).toEqual([
      { name: 'regionId', value: 'cn-hangzhou' },
      { name: 'repoName', value: 'api' },
      { name: 'repoNamespace', value: 'shop' },
      { name: 'tag', value: '1.8.0' },
    ]);
  });

  it('uses the tag latest if the reference has none', async () => {
    const { call } = service([row, { ...row, Tag: 'latest' }]);
    expect((await resolveImage(call, 'shop/api')).image.tag).toBe('latest');
  });

  it('throws NotFound for an unknown image, with the nearest row and its difference', async () => {
    await expect(resolveImage(service([]).call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'NotFound',
      requestId: 'R1',
      message: 'shop/api:1.8.0: no such image in the inventory of Security Center',
      endpoint: 'host.example',
      attempts: 1,
    });
    const fuzzy = service([
      { ...row, Tag: '1.8.0-rc' },
      { ...row, RepoName: 'api2' },
    ]);
    await expect(resolveImage(fuzzy.call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'NotFound',
      message:
        'shop/api:1.8.0: no such image in the inventory of Security Center; the nearest of 2 similar rows, shop/api:1.8.0-rc in cn-hangzhou, has the tag 1.8.0-rc',
    });
    expect(actions(fuzzy.asked)).toEqual(['DescribeImageInstances']);
  });

  it.each([
    ['repository', { RepoName: 'api2' }, 'shop/api:1.8.0', {}, 'repository api2'],
    ['namespace', {}, 'web/api:1.8.0', {}, 'namespace shop'],
    ['region', {}, 'api:1.8.0', { regionId: 'eu-west-1' }, 'region cn-hangzhou'],
    ['instance', {}, 'cri-2/api:1.8.0', {}, 'instance cri-1'],
    ['repository id', {}, 'api:1.8.0', { repoId: 'crr-2' }, 'repository id crr-1'],
    ['digest', {}, `api@sha256:${B}`, {}, `digest sha256:${A}`],
    [
      'registry',
      { Endpoints: '[{"domains":["a.example"]}]' },
      'other.example/shop/api:1.8.0',
      {},
      'registry a.example',
    ],
  ])('names the %s in which a similar row differs', async (_, fields, text, hints, difference) => {
    const { call } = service([{ ...row, ...fields }]);
    await expect(resolveImage(call, text, hints)).rejects.toMatchObject({
      code: 'NotFound',
      message: expect.stringMatching(
        new RegExp(`; the similar row \\S+ in cn-hangzhou has the ${difference}$`),
      ),
    });
  });

  it.each([{ instanceId: 'cri-1' }, { repoId: 'crr-1' }])(
    'accepts a custom registry domain if the hint %o names the repository',
    async (hints) => {
      const { call } = service([{ ...row, Endpoints: '[{"domains":["acme.cn-hangzhou.cr.aliyuncs.com"]}]' }]);
      const { image } = await resolveImage(call, 'images.acme.example/shop/api:1.8.0', hints);
      expect(image.repoId).toBe('crr-1');
    },
  );

  it('throws Ambiguous with all candidates for several matching repositories', async () => {
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

  it.each([
    ['the namespace', 'web/api:1.8.0', {}],
    ['an instance id in the reference', 'cri-2/api:1.8.0', {}],
    ['the region of the host', 'acme.eu-west-1.cr.aliyuncs.com/api:1.8.0', {}],
    ['the region as a hint', 'api:1.8.0', { regionId: 'eu-west-1' }],
    ['the instance as a hint', 'api:1.8.0', { instanceId: 'cri-2' }],
    ['the repository as a hint', 'api:1.8.0', { repoId: 'crr-2' }],
  ])('narrows the candidates by %s', async (_what, reference, hints) => {
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

  it('narrows the candidates by the registry domain, also in its VPC form', async () => {
    const at = (domain: string): string => JSON.stringify([{ type: 'internet', domains: [domain] }]);
    const { call } = service([
      { ...row, Endpoints: at('acme.cn-hangzhou.cr.aliyuncs.com') },
      { ...row, InstanceId: 'cri-2', RepoId: 'crr-2', Endpoints: at('other.cn-hangzhou.cr.aliyuncs.com') },
      { ...row, InstanceId: 'cri-3', RepoId: 'crr-3', Endpoints: '[]' },
    ]);
    const resolved = await resolveImage(call, 'other-vpc.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0');
    expect(resolved.image.repoId).toBe('crr-2');
  });

  it('does not match a row of another registry', async () => {
    const Endpoints = '[{"type":"internet","domains":["acme.cn-hangzhou.cr.aliyuncs.com"]}]';
    const { call } = service([{ ...row, Endpoints }]);
    await expect(
      resolveImage(call, 'other.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0'),
    ).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('uses the newest row of a tag that was moved', async () => {
    const { call } = service([row, { ...row, Digest: B, ImageUpdate: '2000' }], { body: { RequestId: 'L' } });
    expect(await resolveImage(call, 'shop/api:1.8.0', { allowLastKnown: true })).toMatchObject({
      digest: `sha256:${B}`,
      liveCheck: 'no-digest',
    });
  });

  it('returns the digest of DescribeImage if the inventory has another, and that they disagree', async () => {
    const { call } = service([row], { body: { RequestId: 'L', Data: { Digest: B } } });
    expect(await resolveImage(call, 'shop/api:1.8.0')).toMatchObject({
      digest: `sha256:${B}`,
      source: 'DescribeImage',
      sourcesAgree: false,
      sources: [{ digest: `sha256:${A}` }, { digest: `sha256:${B}` }],
    });
  });

  it('throws NotFound with the last known digest for a tag that DescribeImage has no digest for', async () => {
    const { call } = service([row], { body: { RequestId: 'L', Data: {} } });
    await expect(resolveImage(call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'NotFound',
      message: `shop/api:1.8.0: DescribeImage has no digest for this tag; the inventory last had sha256:${A}, read at 1970-01-01T00:00:00.001Z`,
      lastKnown: { digest: `sha256:${A}`, observedAt: new Date(1) },
      requestId: 'L',
      endpoint: 'host.example',
    });
  });

  it('returns the last known digest of such a tag if allowLastKnown is set', async () => {
    const { call } = service([row], { body: { RequestId: 'L', Data: {} } });
    expect(await resolveImage(call, 'shop/api:1.8.0', { allowLastKnown: true })).toMatchObject({
      digest: `sha256:${A}`,
      state: 'last-known',
      source: 'DescribeImageInstances',
      requestId: 'R1',
      liveCheck: 'no-digest',
      sourcesAgree: undefined,
    });
  });

  it.each([
    ['requireLive', { InstanceId: '39010' }, A],
    ['requireScanned', {}, A],
    ['requireScanned', { ScaStatus: 'SUCCESS', LastScanTime: 2_000 }, B],
    ['requireScanned', { ScaStatus: 'SUCCESS', LastScanTime: 500 }, A],
  ] as const)('throws Unverified for a digest that does not meet %s: %j', async (demand, fields, digest) => {
    const { call } = service([{ ...row, ...fields }], { body: { RequestId: 'L', Data: { Digest: digest } } });
    await expect(resolveImage(call, 'shop/api:1.8.0', { [demand]: true })).rejects.toMatchObject({
      code: 'Unverified',
      demand,
      message: expect.stringMatching(
        /^shop\/api:1\.8\.0: (the digest is not live|no scan of exactly this digest)/,
      ),
      endpoint: 'host.example',
    });
  });

  it('returns a live digest with a finished scan to a caller who requires both', async () => {
    const { call } = service([{ ...row, ScaStatus: 'SUCCESS', LastScanTime: 2_000 }]);
    const options = { requireLive: true, requireScanned: true };
    expect(await resolveImage(call, 'shop/api:1.8.0', options)).toMatchObject({
      state: 'live',
      scanned: true,
    });
  });

  it.each([
    ['a number as instance id', { InstanceId: '39010' }],
    ['a hash as repository id', { RepoId: 'f2b86d20' }],
    ['no region', { RegionId: undefined }],
  ])('does not ask DescribeImage with ids that it is not documented to accept: %s', async (_what, ids) => {
    const { call, asked } = service([{ ...row, ...ids }]);
    expect(await resolveImage(call, 'shop/api:1.8.0')).toMatchObject({
      state: 'last-known',
      source: 'DescribeImageInstances',
      liveCheck: 'ids-not-of-container-registry',
      sourcesAgree: undefined,
    });
    expect(actions(asked)).toEqual(['DescribeImageInstances']);
  });

  it('compares the digest in the reference with the other sources', async () => {
    const { call } = service([row]);
    expect(await resolveImage(call, `shop/api:1.8.0@sha256:${A}`)).toMatchObject({ sourcesAgree: true });
    expect(await resolveImage(call, `shop/api:1.8.0@sha256:${B}`)).toMatchObject({
      digest: `sha256:${A}`,
      sourcesAgree: false,
      sources: [{ source: 'reference', digest: `sha256:${B}` }, {}, {}],
    });
  });

  it('finds the row of a reference without a tag by its digest and does not ask DescribeImage', async () => {
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

  it('throws NotFound if no source has a digest, even if the reference has one', async () => {
    const { call } = service([{ ...row, Digest: undefined }], { body: { RequestId: 'L' } });
    for (const reference of ['shop/api:1.8.0', `shop/api:1.8.0@sha256:${A}`])
      await expect(resolveImage(call, reference)).rejects.toMatchObject({
        code: 'NotFound',
        endpoint: 'host.example',
      });
  });

  it('throws the error of DescribeImage', async () => {
    const { call } = service([row], { status: 403, body: { Code: 'NoPermission' } });
    await expect(resolveImage(call, 'shop/api:1.8.0')).rejects.toMatchObject({
      code: 'Permission',
      ramAction: 'yundun-sas:DescribeImage',
    });
  });

  it('rejects an invalid reference before the first request', async () => {
    const { call, asked } = service([row]);
    await expect(resolveImage(call, 'Shop/API')).rejects.toMatchObject({ code: 'Validation' });
    expect(asked).toHaveLength(0);
  });

  it('passes signal, limits and one shared total to both requests', async () => {
    const { signal } = new AbortController();
    const limits = { signal, attemptTimeoutMs: 1, totalTimeoutMs: 2, maxRetries: 0 };
    const { call, asked } = service([row]);
    await resolveImage(call, 'shop/api:1.8.0', limits);
    expect(asked.map(({ options }) => options)).toMatchObject([limits, limits]);
    expect(asked[0]?.options?.sharedTotal).toBeDefined();
    expect(asked[1]?.options?.sharedTotal).toBe(asked[0]?.options?.sharedTotal);
  });
});
