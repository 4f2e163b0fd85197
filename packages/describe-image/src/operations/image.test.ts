import { describe, expect, it } from 'vitest';
import { parseImage } from './image.ts';

const HEX = 'a7b1'.repeat(16);
const row = {
  RegionId: 'cn-hangzhou',
  InstanceId: '39010****',
  RepoId: 'f2b86d20bf0855af6aa268ce90fd****',
  Tag: 'mysql_5.7',
  Digest: HEX,
  ImageId: 'c2000',
  Uuid: 'u-1',
  RepoName: 'sas-script-test',
  RepoNamespace: 'N/A',
  RepoType: 'private',
  RegistryType: 'acr',
  Endpoints: '[{"type":"internet","domains":["h"]}]',
  Status: 'NORMAL',
  Deployed: 1,
  ImageCreate: '1600069948849',
  ImageUpdate: '1600069948850',
  ImageSize: '1604487690',
  VulCount: 12,
  VulStatus: 'YES',
  AlarmCount: 0,
  AlarmStatus: 'NO',
  HcCount: 3,
  HcStatus: 'YES',
  RiskStatus: 'YES',
  ScaStatus: 'SUCCESS',
  ScaProgress: 100,
  ScaResult: 'TASK_NOT_EXISTS',
  LastScanTime: 1721363159000,
  SourceBizTag: 'PAI',
};

const read = {
  regionId: 'cn-hangzhou',
  instanceId: '39010****',
  repoId: 'f2b86d20bf0855af6aa268ce90fd****',
  tag: 'mysql_5.7',
  digest: `sha256:${HEX}`,
  imageId: 'c2000',
  uuid: 'u-1',
  repoName: 'sas-script-test',
  repoNamespace: 'N/A',
  repoType: 'private',
  registryType: 'acr',
  endpoints: [{ type: 'internet', domains: ['h'] }],
  status: 'NORMAL',
  deployed: true,
  imageCreate: new Date(1600069948849),
  imageUpdate: new Date(1600069948850),
  imageSize: 1604487690,
  vulCount: 12,
  vulStatus: 'YES',
  alarmCount: 0,
  alarmStatus: 'NO',
  hcCount: 3,
  hcStatus: 'YES',
  riskStatus: 'YES',
  scaStatus: 'SUCCESS',
  scaProgress: 100,
  scaResult: 'TASK_NOT_EXISTS',
  lastScanTime: new Date(1721363159000),
  sourceBizTag: 'PAI',
};

describe('parseImage', () => {
  it('parses all 29 fields and keeps the row', () => {
    expect(Object.keys(row)).toHaveLength(29);
    expect(parseImage(row)).toEqual({ ...read, raw: row });
  });

  it('parses numbers written as text and text written as numbers', () => {
    const mixed = {
      ...row,
      InstanceId: 390100182,
      Deployed: '1',
      ImageCreate: 1600069948849,
      ImageUpdate: 1600069948850,
      ImageSize: 1604487690,
      VulCount: '12',
      AlarmCount: '0',
      HcCount: '3',
      ScaProgress: '100',
      LastScanTime: '1721363159000',
    };
    expect(parseImage(mixed)).toEqual({ ...read, instanceId: '390100182', raw: mixed });
  });

  it('returns every field as undefined for an empty row', () => {
    const { raw, ...fields } = parseImage({});
    expect(raw).toEqual({});
    expect(Object.keys(fields).sort()).toEqual(Object.keys(read).sort());
    expect(Object.values(fields).every((value) => value === undefined)).toBe(true);
  });

  it.each([
    ['an invalid digest', { Digest: 'latest' }, 'digest'],
    ['an invalid count', { VulCount: 'many' }, 'vulCount'],
    ['a fraction', { HcCount: 1.5 }, 'hcCount'],
    ['a number beyond precision', { ImageSize: '9007199254740993' }, 'imageSize'],
    ['a flag that is neither 0 nor 1', { Deployed: 2 }, 'deployed'],
    ['an invalid time', { ImageCreate: 'yesterday' }, 'imageCreate'],
    ['the time 0', { LastScanTime: 0 }, 'lastScanTime'],
    ['a time beyond all dates', { LastScanTime: 9e15 }, 'lastScanTime'],
    ['broken JSON', { Endpoints: '[{' }, 'endpoints'],
    ['an object instead of text', { Tag: { a: 1 } }, 'tag'],
    ['null', { RepoName: null }, 'repoName'],
  ])('returns undefined for %s and keeps it in the raw row', (_what, wrong, name) => {
    const image = parseImage({ ...row, ...wrong });
    expect(image).toHaveProperty(name, undefined);
    expect(image.raw).toMatchObject(wrong);
  });

  it('keeps unknown fields', () => {
    expect(parseImage({ ...row, NewField: [1] }).raw['NewField']).toEqual([1]);
  });
});
