import type { ImageEvent } from '@describe-image/backstage-plugin-describe-image-common';

type Risk = Extract<ImageEvent, { kind: 'risk-increased' }>['risk'];

/** The texts of notifications. `name` is the repository and tag, `digest` the first hex digits. */
export interface NotificationTexts {
  readonly title: Readonly<Record<ImageEvent['kind'], (name: string) => string>>;
  readonly moved: (to: string, from: string | undefined) => string;
  readonly risks: (risk: Risk) => string;
  readonly scanFailed: (reason: string) => string;
  readonly notVerified: (checkedAt: string | undefined) => string;
}

const en: NotificationTexts = {
  title: {
    moved: (name) => `${name} moved`,
    'moved-back': (name) => `${name} moved back`,
    'risk-increased': (name) => `${name}: risks increased`,
    'scan-failed': (name) => `${name}: scan failed`,
    'not-verified': (name) => `${name} is not verified`,
  },
  moved: (to, from) => `${to}${from === undefined ? '' : ` (previously ${from})`}`,
  risks: ({ vulnerabilities, alerts, baselineRisks }) =>
    counted([
      [vulnerabilities, 'vulnerabilities'],
      [alerts, 'alerts'],
      [baselineRisks, 'baseline risks'],
    ]).join(', ') || 'The scan found risks',
  scanFailed: (reason) => reason,
  notVerified: (checkedAt) =>
    checkedAt === undefined ? 'DescribeImage has not returned a digest' : `Last live check: ${checkedAt}`,
};

const zh: NotificationTexts = {
  title: {
    moved: (name) => `${name} 已移动`,
    'moved-back': (name) => `${name} 已移回`,
    'risk-increased': (name) => `${name}：风险增加`,
    'scan-failed': (name) => `${name}：扫描失败`,
    'not-verified': (name) => `${name} 未验证`,
  },
  moved: (to, from) => `${to}${from === undefined ? '' : `（之前为 ${from}）`}`,
  risks: ({ vulnerabilities, alerts, baselineRisks }) =>
    counted([
      [vulnerabilities, '个漏洞'],
      [alerts, '个告警'],
      [baselineRisks, '个基线风险'],
    ]).join('，') || '扫描发现风险',
  scanFailed: (reason) => `扫描失败：${reason}`,
  notVerified: (checkedAt) =>
    checkedAt === undefined ? 'DescribeImage 尚未返回摘要' : `上次实时检查：${checkedAt}`,
};

export const NOTIFICATION_TEXTS = { en, zh } as const;

/** Omits counts that are zero or unknown. */
function counted(counts: readonly (readonly [number | undefined, string])[]): readonly string[] {
  return counts.flatMap(([count, name]) => (count ? `${count} ${name}` : []));
}
