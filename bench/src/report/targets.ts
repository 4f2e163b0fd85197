import { WIDTHS } from '../bench-plan.ts';
import type { ContenderName } from '../contenders/contenders.ts';
import type { Figures } from '../measurements/calls.ts';
import { LOOK_UPS_AT_ONCE, type NodeResults } from '../measurements/measure-node.ts';

/** A limit and the measured value. */
export interface Target {
  readonly name: string;
  readonly measured: number;
  readonly limit: number;
  /** Whether the limit is a minimum or a maximum. */
  readonly kind: 'at most' | 'at least';
}

const MAX_CPU_RATIO = 0.45;
const MAX_IMPORT_MS = 8;
const MAX_FIRST_ANSWER_RATIO = 1.5;
const MAX_SIGNING_RATIO = 1.1;
/** By major version of Node. */
const MAX_RSS_MIB: Readonly<Record<string, number>> = { v20: 95, v24: 110 };

export function targetsOf(results: NodeResults): readonly Target[] {
  const { calls, atOnce, many, manyLookUps, coldStart, signingMicros } = results;
  const targets: Target[] = [];
  const add = (name: string, measured: number, kind: Target['kind'], limit: number): void => {
    targets.push({ name, measured, kind, limit });
  };
  for (const width of WIDTHS) {
    const { cpuMicros, perSecond } = calls.get(width) ?? {};
    add(
      `CPU per call ÷ hand-signed, ${width} in flight`,
      ratio(cpuMicros, 'limit'),
      'at most',
      MAX_CPU_RATIO,
    );
    add(`CPU per call ÷ undici, ${width} in flight`, ratio(cpuMicros, 'undici'), 'at most', 1);
    add(`calls per second ÷ undici, ${width} in flight`, ratio(perSecond, 'undici'), 'at least', 1);
  }
  add('import above bare Node, ms of CPU', coldStart.importMs, 'at most', MAX_IMPORT_MS);
  add(
    'first answer ÷ hand-signed',
    ratio(coldStart.firstAnswerMs, 'limit'),
    'at most',
    MAX_FIRST_ANSWER_RATIO,
  );
  const core = signingMicros.get('core') ?? Number.NaN;
  add(
    'signing ÷ minimal signer',
    core / (signingMicros.get('limit') ?? Number.NaN),
    'at most',
    MAX_SIGNING_RATIO,
  );
  const maxRss = MAX_RSS_MIB[results.version.split('.')[0] ?? ''] ?? Number.POSITIVE_INFINITY;
  add(`${count(LOOK_UPS_AT_ONCE)} at once, peak RSS in MiB`, rss(atOnce.get('core')), 'at most', maxRss);
  add(`${count(manyLookUps)} at 64 wide, peak RSS in MiB`, rss(many.get('core')), 'at most', maxRss);
  add('failed look-ups', (atOnce.get('core')?.failed ?? 0) + (many.get('core')?.failed ?? 0), 'at most', 0);
  return targets;
}

export function isReached({ measured, kind, limit }: Target): boolean {
  return kind === 'at most' ? measured <= limit : measured >= limit;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

function ratio(figures: Figures | undefined, to: ContenderName): number {
  return (figures?.get('core') ?? Number.NaN) / (figures?.get(to) ?? Number.NaN);
}

function rss(report: { readonly peakRssMib: number } | undefined): number {
  return report?.peakRssMib ?? Number.NaN;
}
