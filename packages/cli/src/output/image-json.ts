import type { Image } from '@describe-image/core';
import { assessRisk, type RiskAssessment } from '@describe-image/core/images';

/** A row of the inventory with its risk, for JSON. The row as it came is left out: its fields are all here. */
export function imageJson(image: Image): Omit<Image, 'raw'> & { readonly risk: RiskAssessment } {
  const { raw, ...fields } = image;
  return { ...fields, risk: assessRisk(image) };
}
