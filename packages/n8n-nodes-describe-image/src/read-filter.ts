import type { ImageFilter } from '@describe-image/core/images';
import type { IDataObject } from 'n8n-workflow';

const TEXTS = [
  'regionId',
  'instanceId',
  'repoId',
  'repoName',
  'repoNamespace',
  'tag',
  'digest',
  'registryType',
  'riskStatus',
  'vulStatus',
  'alarmStatus',
  'hcStatus',
] as const satisfies readonly (keyof ImageFilter)[];

/** The filter collection as core takes it. A field left empty is no condition. */
export function readFilter(fields: IDataObject): ImageFilter {
  const filter: { -readonly [Name in keyof ImageFilter]: ImageFilter[Name] } = {};
  for (const name of TEXTS) {
    const value = fields[name];
    if (typeof value === 'string' && value.trim() !== '') filter[name] = value.trim();
  }
  if (typeof fields['scanned'] === 'boolean') filter.scanned = fields['scanned'];
  return filter;
}
