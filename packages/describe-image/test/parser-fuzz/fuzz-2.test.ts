import { expect, it } from 'vitest';
import { compareReaders } from './compare-readers.ts';

it('reads generated responses as Node does, or rejects them (seeds 50,000 to 99,999)', async () => {
  const { bothAccept, bothReject } = await compareReaders(50_000, 50_000);
  expect(bothAccept).toBeGreaterThan(14_000);
  expect(bothReject).toBeGreaterThan(10_000);
});
