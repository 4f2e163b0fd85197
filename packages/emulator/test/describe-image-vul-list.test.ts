import { describe, expect, it } from 'vitest';
import type { Assumptions, Emulator, SeedTag, SeedVulnerability } from '../src/index.ts';
import { call, DIGEST_A, DIGEST_B, type DocumentAnswer, registriesWith, start } from './start.ts';

const OPENSSL: SeedVulnerability = {
  name: 'debian:12:CVE-2024-0727',
  title: 'openssl null pointer',
  titleZh: 'openssl 空指针',
  necessity: 'asap',
  os: 'debian',
  osRelease: '12.5',
  packages: [
    {
      name: 'openssl',
      version: '3.0.11-1',
      path: '/usr/bin/openssl',
      updateCommand: 'apt-get install openssl',
    },
  ],
};
const LOG4J: SeedVulnerability = {
  name: 'maven:log4j',
  cves: ['CVE-2021-44228', 'CVE-2021-45046'],
  fixable: false,
  handled: true,
  ruleTag: 'AI',
  packages: [{ name: 'log4j-core', version: '2.14.1' }],
};

const TAG: SeedTag = {
  tag: '1.0',
  history: [{ at: '-10d', digest: DIGEST_A }],
  scans: [{ startedAt: '-5d', vulnerabilities: [OPENSSL, LOG4J] }],
  deployed: true,
};

const startWith = (tag: Partial<SeedTag> = {}, assumptions: Partial<Assumptions> = {}): Promise<Emulator> =>
  start({ registries: registriesWith({ ...TAG, ...tag }) }, { assumptions });

const list = (
  emulator: Emulator,
  parameters: Readonly<Record<string, string>> = {},
): Promise<DocumentAnswer> =>
  call(emulator, { Type: 'cve', ...parameters }, { action: 'DescribeImageVulList' });

async function names(
  emulator: Emulator,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { document } = await list(emulator, parameters);
  expect(document.TotalCount).toBe(document.VulRecords.length);
  return document.VulRecords.map(({ Name }: { Name: string }) => Name);
}

const BOTH = [OPENSSL.name, LOG4J.name];

describe('DescribeImageVulList', () => {
  it('returns every documented member with its type', async () => {
    await using emulator = await startWith();
    const finishedAt = emulator.clock.now() - 5 * 86_400_000 + 11 * 5_000;
    const { status, document } = await list(emulator, { Lang: 'en', Digest: DIGEST_A });
    expect(status).toBe(200);
    expect(document).toEqual({
      RequestId: expect.any(String),
      CurrentPage: 1,
      PageSize: 10,
      TotalCount: 2,
      VulRecords: [
        {
          PrimaryId: expect.any(Number),
          Name: 'debian:12:CVE-2024-0727',
          AliasName: 'openssl null pointer',
          Related: 'CVE-2024-0727',
          Necessity: 'asap',
          Status: 1,
          Type: 'cve',
          Tag: 'oval',
          CanFix: 'yes',
          CanUpdate: true,
          FirstTs: finishedAt,
          LastTs: finishedAt,
          ModifyTs: finishedAt,
          ScanTime: finishedAt,
          Uuid: expect.any(String),
          ImageDigest: DIGEST_A,
          Image: 'shop/checkout:1.0',
          RepoName: 'checkout',
          RepoNamespace: 'shop',
          MaliciousSource: 'image',
          Layers: [expect.any(String), expect.any(String), expect.any(String)],
          ExtendContentJson: {
            Os: 'debian',
            OsRelease: '12.5',
            RpmEntityList: [
              {
                Name: 'openssl',
                Version: '3.0.11-1',
                FullVersion: '3.0.11-1',
                Path: '/usr/bin/openssl',
                Layer: expect.stringMatching(/^[0-9a-f]{64}$/),
                MatchDetail: 'openssl version less than equals 3.0.11-1',
                MatchList: ['openssl version less than equals 3.0.11-1'],
                UpdateCmd: 'apt-get install openssl',
              },
            ],
          },
        },
        expect.objectContaining({
          Related: 'CVE-2021-44228,CVE-2021-45046',
          Necessity: 'later',
          CanFix: 'no',
          CanUpdate: false,
          RuleTag: 'AI',
        }),
      ],
    });
  });

  it('returns the title in Chinese unless English is requested', async () => {
    await using emulator = await startWith();
    expect((await list(emulator)).document.VulRecords[0].AliasName).toBe('openssl 空指针');
    expect((await list(emulator, { Lang: 'zh' })).document.VulRecords[0].AliasName).toBe('openssl 空指针');
  });

  it.each<[Record<string, string>, string[]]>([
    [{ Digest: DIGEST_A }, BOTH],
    [{ Digest: DIGEST_B }, []],
    [{ Necessity: 'asap' }, [OPENSSL.name]],
    [{ Dealed: 'y' }, [LOG4J.name]],
    [{ Dealed: 'n' }, [OPENSSL.name]],
    [{ StatusList: '1' }, BOTH],
    [{ StatusList: '7' }, []],
    [{ Name: OPENSSL.name }, [OPENSSL.name]],
    [{ Name: 'openssl' }, []],
    [{ AliasName: 'openssl null pointer', Lang: 'en' }, [OPENSSL.name]],
    [{ Tag: 'oval' }, BOTH],
    [{ Tag: '1.0' }, []],
    [{ RuleTag: 'AI' }, [LOG4J.name]],
    [{ Image: 'shop/checkout:1.0' }, BOTH],
    [{ RepoRegionId: 'cn-hangzhou', RepoInstanceId: 'cri-test', RepoId: 'crr-test' }, BOTH],
    [{ RepoId: 'crr-other' }, []],
    [{ RepoNamespace: 'shop', RepoName: 'checkout' }, BOTH],
    [{ Uuids: 'other' }, []],
    [{ ContainerId: 'c1' }, []],
    [{ 'ScanRange.1': 'image' }, BOTH],
    [{ 'ScanRange.1': 'container' }, []],
  ])('filters by %j', async (parameters, expected) => {
    await using emulator = await startWith();
    expect(await names(emulator, parameters)).toEqual(expected);
  });

  it.each<[Record<string, string>, string]>([
    [{ Type: '' }, 'MissingType'],
    [{ Type: 'sca' }, 'InvalidType'],
    [{ Digest: `sha256:${DIGEST_A}` }, 'InvalidDigest'],
    [{ Digest: 'latest' }, 'InvalidDigest'],
    [{ Necessity: 'high' }, 'InvalidNecessity'],
    [{ Necessity: 'asap,later' }, 'InvalidNecessity'],
    [{ StatusList: '2' }, 'InvalidStatusList'],
    [{ Dealed: 'true' }, 'InvalidDealed'],
    [{ Lang: 'de' }, 'InvalidLang'],
    [{ 'ScanRange.1': 'host' }, 'InvalidScanRange'],
    [{ PageSize: '101' }, 'InvalidPageSize'],
    [{ PageSize: '0' }, 'InvalidPageSize'],
    [{ CurrentPage: '0' }, 'InvalidCurrentPage'],
    [{ CurrentPage: 'x' }, 'InvalidCurrentPage'],
  ])('rejects %j with %s', async (parameters, code) => {
    await using emulator = await startWith();
    const { status, document } = await list(emulator, parameters);
    expect([status, document.Code]).toEqual([400, code]);
  });

  it('needs a permission of its own', async () => {
    const keys = [
      { accessKeyId: 'testid', accessKeySecret: 'testsecret', deny: ['yundun-sas:DescribeImageVulList'] },
    ];
    await using emulator = await start({ keys, registries: registriesWith(TAG) });
    expect((await list(emulator)).document).toMatchObject({
      Code: 'NoPermission',
      AccessDeniedDetail: { AuthAction: 'yundun-sas:DescribeImageVulList' },
    });
    expect((await call(emulator, {}, { action: 'DescribeImageInstances' })).status).toBe(200);
  });

  it('lists nothing until a scan succeeds, and then as many as the inventory counts', async () => {
    await using emulator = await startWith({ scans: [] });
    expect(await names(emulator)).toEqual([]);
    emulator.state.startScan({ tag: '1.0' }, { vulnerabilities: 7, result: 'FAIL' });
    emulator.clock.advance(60_000);
    expect(await names(emulator)).toEqual([]);
    emulator.state.startScan({ tag: '1.0' }, { vulnerabilities: 7 });
    expect(await names(emulator)).toEqual([]);
    emulator.clock.advance(55_000);
    expect(await names(emulator)).toHaveLength(7);
    const { document } = await call(emulator, {}, { action: 'DescribeImageInstances' });
    expect(document.ImageInstanceList[0].VulCount).toBe(7);
  });

  it('marks what the last scan of the same digest does not find any more as fixed', async () => {
    await using emulator = await startWith();
    emulator.state.startScan({ tag: '1.0' }, { vulnerabilities: [OPENSSL] });
    emulator.clock.advance(55_000);
    const [openssl, log4j] = (await list(emulator)).document.VulRecords;
    const now = emulator.clock.now();
    expect(openssl).toMatchObject({ Status: 1, LastTs: now, ScanTime: now });
    expect(openssl.FirstTs).toBeLessThan(now);
    expect(log4j).toMatchObject({ Status: 7, LastTs: openssl.FirstTs, ModifyTs: now, ScanTime: now });
  });

  it('lists each digest of a tag that was scanned', async () => {
    await using emulator = await startWith();
    emulator.state.push({ tag: '1.0' }, DIGEST_B);
    expect(await names(emulator, { Digest: DIGEST_A })).toEqual(BOTH);
    expect(await names(emulator, { Digest: DIGEST_B })).toEqual([]);
    emulator.state.startScan({ tag: '1.0' }, { vulnerabilities: [LOG4J] });
    emulator.clock.advance(55_000);
    expect(await names(emulator, { Digest: DIGEST_A })).toEqual(BOTH);
    expect(await names(emulator, { Digest: DIGEST_B })).toEqual([LOG4J.name]);
  });

  it('pages through 5,000 vulnerabilities of one image without repeating one', async () => {
    await using emulator = await startWith({ scans: [{ startedAt: '-5d', vulnerabilities: 5000 }] });
    const ids = new Set<number>();
    for (let page = 1; page <= 50; page++) {
      const { document } = await list(emulator, {
        CurrentPage: String(page),
        PageSize: '100',
        Digest: DIGEST_A,
      });
      expect(document.TotalCount).toBe(5000);
      for (const { PrimaryId } of document.VulRecords) ids.add(PrimaryId);
    }
    expect(ids.size).toBe(5000);
  });

  it('restores vulnerabilities from a snapshot', async () => {
    await using emulator = await startWith();
    const before = (await list(emulator)).document.VulRecords;
    const snapshot = JSON.parse(JSON.stringify(emulator.snapshot()));
    emulator.state.deleteTag({ tag: '1.0' });
    emulator.restore(snapshot);
    expect((await list(emulator)).document.VulRecords).toEqual(before);
  });
});

describe('assumptions of DescribeImageVulList', () => {
  it.each<[Partial<Assumptions>, Record<string, string>, string[]]>([
    [{ otherVulnerabilityType: 'match-nothing' }, { Type: 'sca' }, []],
    [{ vulnerabilityMatch: 'fuzzy' }, { Name: 'CVE-2024' }, [OPENSSL.name]],
    [{ commaSeparatedValues: 'accept' }, { Necessity: 'asap,later' }, BOTH],
    [{ handledVulnerabilities: 'hidden' }, {}, [OPENSSL.name]],
    [{ handledVulnerabilities: 'hidden' }, { Dealed: 'y' }, [LOG4J.name]],
    [{ containerVulnerabilities: 'list' }, {}, [...BOTH, ...BOTH]],
    [{ containerVulnerabilities: 'list' }, { 'ScanRange.1': 'container' }, BOTH],
    [{ containerVulnerabilities: 'list' }, { ClusterName: 'production' }, BOTH],
  ])('follows %j for %j', async (assumptions, parameters, expected) => {
    await using emulator = await startWith({}, assumptions);
    expect(await names(emulator, parameters)).toEqual(expected);
  });

  it('drops the vulnerabilities of a digest that the tag lost', async () => {
    await using emulator = await startWith({}, { supersededVulnerabilities: 'drop' });
    expect(await names(emulator)).toEqual(BOTH);
    emulator.state.push({ tag: '1.0' }, DIGEST_B);
    expect(await names(emulator, { Digest: DIGEST_A })).toEqual([]);
  });
});
