import type { ImageRisk } from '@describe-image/backstage-plugin-describe-image-common';
import type { RiskAssessment } from '@describe-image/core/images';
import type { Image } from '@describe-image/core/protocol';

/** Converts a risk assessment of a row. Omits unknown and negative counts. */
export function wireRisk(row: Image, risk: RiskAssessment): ImageRisk {
  const { state, reason, vulnerabilities, alerts, baselineRisks, lastScanTime } = risk;
  return {
    state,
    reason,
    ...count('vulnerabilities', vulnerabilities),
    ...count('alerts', alerts),
    ...count('baselineRisks', baselineRisks),
    ...(lastScanTime && { lastScanTime: lastScanTime.toISOString() }),
    ...(row.digest !== undefined && { scannedDigest: row.digest }),
  };
}

function count(name: string, value: number | undefined): Readonly<Record<string, number>> {
  return value === undefined || value < 0 ? {} : { [name]: value };
}
