import { describe, expect, it } from 'vitest';
import type { ImageFailure } from '../wire/failure.ts';
import type { ImageRisk } from '../wire/image-report.ts';
import { IMAGE_STATES } from '../wire/image-states.ts';
import { compareImageStates, imageState, type StatedImage } from './image-state.ts';

const NOW = Date.UTC(2026, 10, 24);
const at = (ms: number): string => new Date(NOW + ms).toISOString();
const scan = (state: ImageRisk['state']): Pick<StatedImage, 'risk'> => ({ risk: { state, reason: state } });
const failure = (kind: ImageFailure['kind']): Pick<StatedImage, 'failure'> => ({
  failure: { kind, message: kind, remedy: kind, observedAt: at(0) },
});
const verified = { liveCheck: { result: 'answered', checkedAt: at(-1000), validUntil: at(0) } } as const;

describe('imageState', () => {
  it.each<[string, string, StatedImage]>([
    ['drift', 'digests that differ', { ...scan('risky'), ...verified, drift: 'drift' }],
    ['risky', 'a scan that found risks and a failed attempt', { ...scan('risky'), ...failure('throttled') }],
    ['missing', 'a tag without a digest', { ...scan('stale'), liveCheck: { result: 'no-digest' } }],
    ['missing', 'an image that no source has', failure('not-found')],
    ['unreadable', 'a failed attempt', { ...scan('clean'), ...verified, ...failure('unreachable') }],
    ['scan-failed', 'a failed scan', { ...scan('failed'), ...verified }],
    ['scan-outdated', 'the scan of another digest', { ...scan('stale'), ...verified }],
    ['not-scanned', 'an image that is absent from the inventory', { ...scan('unknown'), ...verified }],
    ['scanning', 'a scan in progress', { ...scan('scanning'), ...verified }],
    ['not-verified', 'an image that was never looked up', {}],
    ['not-verified', 'a clean scan without a live check', scan('clean')],
    [
      'not-verified',
      'a clean scan and an outdated live check',
      { ...scan('clean'), liveCheck: { ...verified.liveCheck, validUntil: at(-1) } },
    ],
    [
      'not-verified',
      'a clean scan and a live check without a limit',
      { ...scan('clean'), liveCheck: { result: 'answered', checkedAt: at(0) } },
    ],
    [
      'not-verified',
      'a clean scan in a registry that DescribeImage does not support',
      { ...scan('clean'), liveCheck: { result: 'ids-not-of-container-registry', validUntil: at(1) } },
    ],
    ['clean', 'a clean scan and a live check within its limit', { ...scan('clean'), ...verified }],
  ])('returns %s for %s', (state, _, image) => {
    expect(imageState(image, NOW)).toBe(state);
  });
});

it('sorts states from worst to best', () => {
  expect([...IMAGE_STATES].reverse().sort(compareImageStates)).toEqual(IMAGE_STATES);
});
