// Compares the response time of the card's route with that of a route that only authenticates. Prints the ratio of the 95th percentiles,
// and fails above the limit.
import { createEmulator } from '@describe-image/emulator';
import { component, HOST, pathOf } from '../test/entities.ts';
import { BARE, measure, percentile, startBench } from './start-bench.mts';

const LIMIT = 1.3;
const IMAGES = [
  `${HOST}/shop/checkout:1.4.2`,
  `${HOST}/shop/storefront:2.9.0`,
  `${HOST}/platform/base-node:nightly`,
];

await using emulator = await createEmulator();
const bench = await startBench({
  entities: [component('checkout', { images: IMAGES })],
  endpoint: emulator.url,
});
const times = await measure(
  bench,
  { bare: BARE, images: `/api/describe-image${pathOf('checkout')}` },
  { warmUp: 2000, rounds: 6000 },
);
const ratioAt = (share: number): number =>
  percentile(times.get('images') ?? [], share) / percentile(times.get('bare') ?? [], share);
console.log(
  `card's route, ${IMAGES.length} images, warm ÷ bare: p50 ${ratioAt(0.5).toFixed(2)}, p95 ${ratioAt(0.95).toFixed(2)} (limit ${LIMIT})`,
);
console.log(`requests to Security Center: ${emulator.requests.length}`);
await bench.close();
// The test back end does not close its database pools, which would keep the process running.
process.exit(ratioAt(0.95) > LIMIT ? 1 : 0);
