import { createHash } from 'node:crypto';
import type { Assumptions } from '../assumptions.ts';
import { ApiError } from '../gateway/api-error.ts';
import { uuidFrom } from '../gateway/request-ids.ts';
import { type Finding, findingsOf, type ScannedImage } from '../world/findings.ts';
import { type Operation, requiredParameter } from './operation.ts';
import { pageOf } from './page.ts';

type Parameters = ReadonlyMap<string, string>;
type VulnerabilityRecord = Readonly<Record<string, unknown>>;

/**
 * Lists the vulnerabilities that scans of images found.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimagevullist | DescribeImageVulList}
 */
export const describeImageVulList: Operation = {
  name: 'DescribeImageVulList',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImageVulList',
  answer(parameters, { world, assumptions, now }) {
    const { pageSize, currentPage } = pageOf(parameters, assumptions, 10);
    if (requiredParameter(parameters, 'Type') !== 'cve' && assumptions.otherVulnerabilityType === 'refuse')
      throw invalid('Type');
    const zh = choice(parameters, 'Lang', ['zh', 'en']) !== 'en';
    const digest = digestOf(parameters);
    const matchesImage = imageFilter(parameters, assumptions);
    const matchesRecord = recordFilter(parameters, assumptions);
    const dealed = choice(parameters, 'Dealed', ['y', 'n']);
    const hidesHandled =
      dealed === 'n' || (dealed === undefined && assumptions.handledVulnerabilities === 'hidden');

    const found: (() => VulnerabilityRecord)[] = [];
    for (const image of world.scannedImages(digest)) {
      if (parameters.get('Type') !== 'cve' || !matchesImage(image)) continue;
      const fields = imageFields(image);
      for (const asset of assetsOf(image, parameters, assumptions))
        for (const finding of findingsOf(image, now)) {
          const { handled } = finding.vulnerability;
          if ((dealed === 'y' && !handled) || (hidesHandled && handled)) continue;
          const searchable = { ...searchableFields(finding, zh), ...fields, ...asset };
          if (matchesRecord(searchable)) found.push(() => vulnerabilityRecord(finding, searchable));
        }
    }
    const page = found.slice((currentPage - 1) * pageSize, currentPage * pageSize);
    return {
      CurrentPage: currentPage,
      PageSize: pageSize,
      TotalCount: found.length,
      VulRecords: page.map((build) => build()),
    };
  },
};

function digestOf(parameters: Parameters): string | undefined {
  const digest = parameters.get('Digest') || undefined;
  if (digest !== undefined && !/^[0-9a-f]{64}$/i.test(digest)) throw invalid('Digest');
  return digest?.toLowerCase();
}

/** Compares the parameters that describe the image. */
function imageFilter(parameters: Parameters, assumptions: Assumptions): (image: ScannedImage) => boolean {
  const equal = textMatcher(parameters, assumptions);
  return ({ record: { location, tag }, isCurrent }) =>
    (isCurrent || assumptions.supersededVulnerabilities === 'keep') &&
    equal('RepoRegionId', location.regionId) &&
    equal('RepoInstanceId', location.instanceId) &&
    equal('RepoId', location.repoId) &&
    equal('RepoName', location.repoName) &&
    equal('RepoNamespace', location.namespace) &&
    equal('RegionId', location.regionId) &&
    equal('Image', imageName(location, tag));
}

const RECORD_FIELDS = [
  'Name',
  'AliasName',
  'Tag',
  'RuleTag',
  'InstanceId',
  'ClusterId',
  'ClusterName',
  'ContainerId',
  'Namespace',
  'Pod',
] as const;

/** Compares the parameters that describe the vulnerability or the container. */
function recordFilter(
  parameters: Parameters,
  assumptions: Assumptions,
): (record: VulnerabilityRecord) => boolean {
  const equal = textMatcher(parameters, assumptions);
  const necessities = choices(parameters, 'Necessity', ['asap', 'later', 'nntf'], assumptions);
  const statuses = choices(parameters, 'StatusList', ['1', '4', '7'], assumptions);
  const uuids = parameters.get('Uuids')?.split(',').filter(Boolean) ?? [];
  return (record) =>
    (necessities.length === 0 || necessities.includes(String(record['Necessity']))) &&
    (statuses.length === 0 || statuses.includes(String(record['Status']))) &&
    (uuids.length === 0 || uuids.includes(String(record['Uuid']))) &&
    RECORD_FIELDS.every((name) => equal(name, record[name]));
}

function textMatcher(
  parameters: Parameters,
  { vulnerabilityMatch }: Assumptions,
): (name: string, actual: unknown) => boolean {
  return (name, actual) => {
    const wanted = parameters.get(name) ?? '';
    if (wanted === '') return true;
    return vulnerabilityMatch === 'fuzzy' ? String(actual ?? '').includes(wanted) : actual === wanted;
  };
}

/** The image, and a container of a deployed one if that is assumed. */
function assetsOf(
  { record: { deployed, location, tag } }: ScannedImage,
  parameters: Parameters,
  { containerVulnerabilities }: Assumptions,
): readonly VulnerabilityRecord[] {
  const range = [...parameters].flatMap(([name, value]) => (/^ScanRange\.\d+$/.test(name) ? [value] : []));
  for (const value of range) if (value !== 'image' && value !== 'container') throw invalid('ScanRange');
  const place = `${location.instanceId} ${location.repoId} ${tag}`;
  const container = {
    ClusterId: `c${hash('cluster').slice(0, 32)}`,
    ClusterName: 'production',
    ContainerId: hash(`container ${place}`),
    Namespace: location.namespace,
    Pod: `${location.repoName}-${hash(`pod ${place}`).slice(0, 5)}`,
  };
  const isListed = (kind: string): boolean => range.length === 0 || range.includes(kind);
  return [
    ...(isListed('image') ? [{}] : []),
    ...(deployed && containerVulnerabilities === 'list' && isListed('container') ? [container] : []),
  ];
}

function imageFields({ record, push }: ScannedImage): VulnerabilityRecord {
  const { location, tag } = record;
  return {
    Uuid: uuidFrom(`${location.instanceId}\n${location.repoId}\n${tag}`),
    ImageDigest: push.digest,
    Image: imageName(location, tag),
    RepoName: location.repoName,
    RepoNamespace: location.namespace,
    MaliciousSource: 'image',
  };
}

/** The fields by which records can be searched. */
function searchableFields({ vulnerability, isFixed }: Finding, zh: boolean): VulnerabilityRecord {
  const { name, title, titleZh, necessity, ruleTag } = vulnerability;
  return {
    Name: name,
    AliasName: zh ? titleZh : title,
    Necessity: necessity,
    Status: isFixed ? 7 : 1,
    Tag: 'oval',
    ...(ruleTag !== undefined && { RuleTag: ruleTag }),
  };
}

function vulnerabilityRecord(
  { vulnerability, firstFoundAt, lastFoundAt, scannedAt, isFixed }: Finding,
  searchable: VulnerabilityRecord,
): VulnerabilityRecord {
  const { name, cves, fixable, os, osRelease, packages } = vulnerability;
  const digest = String(searchable['ImageDigest']);
  const layers = layersOf(digest);
  const identity = JSON.stringify([name, digest, searchable['Uuid'], searchable['ContainerId']]);
  return {
    PrimaryId: Number.parseInt(hash(identity).slice(0, 8), 16),
    ...searchable,
    Related: cves.join(','),
    Type: 'cve',
    CanFix: fixable ? 'yes' : 'no',
    CanUpdate: packages.some(({ updateCommand }) => updateCommand !== undefined),
    FirstTs: firstFoundAt,
    LastTs: lastFoundAt,
    ModifyTs: isFixed ? scannedAt : lastFoundAt,
    ScanTime: scannedAt,
    Layers: layers,
    ExtendContentJson: {
      ...(os !== undefined && { Os: os }),
      ...(osRelease !== undefined && { OsRelease: osRelease }),
      RpmEntityList: packages.map(({ name: packageName, version, path, updateCommand }, index) => ({
        Name: packageName,
        Version: version,
        FullVersion: version,
        ...(path !== undefined && { Path: path }),
        Layer: layers[(packageName.length + index) % layers.length],
        MatchDetail: `${packageName} version less than equals ${version}`,
        MatchList: [`${packageName} version less than equals ${version}`],
        ...(updateCommand !== undefined && { UpdateCmd: updateCommand }),
      })),
    },
  };
}

function imageName(
  { endpoints, namespace, repoName }: ScannedImage['record']['location'],
  tag: string,
): string {
  const domains: readonly { readonly domains: readonly string[] }[] = JSON.parse(endpoints);
  const host = domains[0]?.domains[0];
  return `${host === undefined ? '' : `${host}/`}${namespace}/${repoName}:${tag}`;
}

function layersOf(digest: string): readonly string[] {
  return [1, 2, 3].map((layer) => hash(`layer ${layer} ${digest}`));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function choice(parameters: Parameters, name: string, values: readonly string[]): string | undefined {
  const value = parameters.get(name) || undefined;
  if (value !== undefined && !values.includes(value)) throw invalid(name);
  return value;
}

function choices(
  parameters: Parameters,
  name: string,
  values: readonly string[],
  { commaSeparatedValues }: Assumptions,
): readonly string[] {
  const given = parameters.get(name) ?? '';
  const chosen = given === '' ? [] : commaSeparatedValues === 'accept' ? given.split(',') : [given];
  if (!chosen.every((value) => values.includes(value))) throw invalid(name);
  return chosen;
}

function invalid(name: string): ApiError {
  return new ApiError(`Invalid${name}`, { message: `The specified parameter ${name} is not valid.` });
}
