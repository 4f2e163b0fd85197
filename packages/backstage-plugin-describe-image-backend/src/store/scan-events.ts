import type { ImageEvent } from '@describe-image/backstage-plugin-describe-image-common';
import {
  parseWatchState,
  type RiskAssessment,
  type WatchState,
  watchImages,
} from '@describe-image/core/images';
import type { Image } from '@describe-image/core/protocol';
import type { ImageIdentity } from './image-identity.ts';
import type { Observation } from './observation.ts';
import { parseJson } from './tables.ts';
import { wireRisk } from './wire-risk.ts';

/** An event about a scan, with the id that all back ends compute for it. */
interface ScanEvent {
  readonly id: string;
  readonly event: ImageEvent;
}

/**
 * Compares the scan of an inventory row with the previous one. The first row of an image gives no events.
 *
 * @param watched - The text column with the state of the previous comparison.
 * @returns The events, and the text of the new state.
 */
export function compareScan(
  { instance, key }: ImageIdentity,
  watched: string | null,
  inventory: Observation & { readonly row: Image },
  live: Observation | undefined,
): { readonly events: readonly ScanEvent[]; readonly watched: string } {
  const before: WatchState | undefined = parseWatchState(parseJson(watched));
  const observed = { live: live ?? ('not-asked' as const), inventory, image: inventory.row };
  const { events, state, first } = watchImages(before, key, [observed]);
  const observedAt = inventory.observedAt.toISOString();
  const eventOf = (kind: 'risk-increased' | 'scan-failed', id: string, risk: RiskAssessment): ScanEvent => ({
    id: JSON.stringify([instance, id]),
    event: { kind, instance, key, observedAt, risk: wireRisk(inventory.row, risk) },
  });
  const isFirst = first || events.some(({ kind }) => kind === 'newTag');
  return {
    watched: JSON.stringify(state),
    events: isFirst
      ? []
      : events.flatMap((event) => {
          if (event.kind === 'riskIncreased') return eventOf('risk-increased', event.id, event.risk);
          const isFailed = event.kind === 'scanFinished' && event.risk.state === 'failed';
          return isFailed ? eventOf('scan-failed', event.id, event.risk) : [];
        }),
  };
}
