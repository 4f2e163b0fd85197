import { describe, expect, it } from 'vitest';
import { parseImage } from '../../operations/image.ts';
import { assessRisk } from './assess-risk.ts';

const scanned = {
  ScaStatus: 'SUCCESS',
  ScaProgress: 100,
  LastScanTime: 1721363159000,
  ImageUpdate: '1721363158000',
  VulCount: 0,
  AlarmCount: 0,
  HcCount: 0,
  RiskStatus: 'NO',
};
const assess = (row: object): ReturnType<typeof assessRisk> => assessRisk(parseImage({ ...row }));

describe('assessRisk', () => {
  it.each([
    ['INIT', 'scanning'],
    ['START', 'scanning'],
    ['MESSAGE_SEND', 'scanning'],
    ['START_RUN', 'scanning'],
    ['DOWNLOAD', 'scanning'],
    ['PRE_ANALYZER', 'scanning'],
    ['WEB_SHELL_ANALYZER', 'scanning'],
    ['CVE_ANALYZER', 'scanning'],
    ['BIN_ANALYZER', 'scanning'],
    ['OTHER_ANALYZER', 'scanning'],
    ['PRE_ANALYZER_SUCCESS', 'scanning'],
    ['SUCCESS', 'clean'],
    ['FAIL', 'failed'],
    ['TIMEOUT', 'failed'],
    ['TIMOUT', 'failed'],
  ])('assesses a scan at %s without findings as %s', (ScaStatus, state) => {
    expect(assess({ ...scanned, ScaStatus }).state).toBe(state);
  });

  it.each([
    ['an empty row', {}],
    ['no scan state', { ...scanned, ScaStatus: undefined }],
    ['an empty scan state', { ...scanned, ScaStatus: '' }],
    ['an undocumented scan state', { ...scanned, ScaStatus: 'SUSPENDED' }],
    ['no time of the scan', { ...scanned, LastScanTime: undefined }],
    ['a scan at time 0', { ...scanned, LastScanTime: 0 }],
    ['no count of vulnerabilities', { ...scanned, VulCount: undefined }],
    ['no count of alerts', { ...scanned, AlarmCount: undefined }],
    ['no count of baseline risks', { ...scanned, HcCount: 'many' }],
    ['INIT without ever having been scanned', { ScaStatus: 'INIT', ScaProgress: 0 }],
  ])('assesses %s as unknown', (_what, row) => {
    expect(assess(row).state).toBe('unknown');
  });

  it.each([
    [{ VulCount: 3 }],
    [{ AlarmCount: '1' }],
    [{ HcCount: 1 }],
    [{ RiskStatus: 'YES' }],
    [{ VulStatus: 'YES' }],
    [{ AlarmStatus: 'YES' }],
    [{ HcStatus: 'YES' }],
    [{ VulCount: 3, AlarmCount: undefined }],
    [{ VulCount: 3, ScaStatus: undefined }],
  ])('assesses findings as risky, whatever else is missing: %j', (found) => {
    expect(assess({ ...scanned, ...found }).state).toBe('risky');
  });

  it('assesses an image that changed after its scan as stale', () => {
    expect(assess({ ...scanned, ImageUpdate: '1721363160000' }).state).toBe('stale');
    expect(assess({ ...scanned, ImageUpdate: undefined, ImageCreate: '1721363160000' }).state).toBe('stale');
    expect(assess({ ...scanned, ImageUpdate: '1721363159000' }).state).toBe('clean');
  });

  it('returns the counts, undefined for unknown ones, and the reason', () => {
    expect(
      assess({ ...scanned, ScaStatus: 'FAIL', ScaResult: 'TASK_NOT_SUPPORT_REGION', VulCount: undefined }),
    ).toEqual({
      state: 'failed',
      reason: 'the last scan ended with FAIL (TASK_NOT_SUPPORT_REGION)',
      vulnerabilities: undefined,
      alerts: 0,
      baselineRisks: 0,
      lastScanTime: new Date(1721363159000),
    });
    expect(assess({ ...scanned, ScaStatus: 'DOWNLOAD', ScaProgress: 40 }).reason).toContain('DOWNLOAD, 40 %');
  });
});
