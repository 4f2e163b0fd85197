import { expect, it } from 'vitest';
import { compareReaders } from './compare-readers.ts';

it('reads generated responses as Node does, or rejects them (seeds 0 to 49,999)', async () => {
  const { bothAccept, bothReject } = await compareReaders(0, 50_000);
  expect(bothAccept).toBeGreaterThan(14_000);
  expect(bothReject).toBeGreaterThan(10_000);
});
