import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { afterEach, expect, it, vi } from 'vitest';
import { startDemo } from './demo.mts';

const REFERENCE = 'shop/checkout:latest';
const LATEST = { repository: 'shop/checkout', tag: 'latest' };
const START = '2026-03-01T00:00:00Z';
const MINUTE = 60_000;

/** One tag, whose inventory is late until it is synchronised. */
const tags = [{ tag: 'latest', history: [{ at: '2026-01-01T00:00:00Z', digest: 'e'.repeat(64) }] }];
const repositories = [{ repoId: 'crr-1', namespace: 'shop', name: 'checkout', tags }];
const seed = {
  inventoryLag: '300h',
  registries: [{ regionId: 'cn-hangzhou', instanceId: 'cri-1', repositories }],
  keys: [{ accessKeyId: 'demo-access-key-id', accessKeySecret: 'demo-access-key-secret' }],
};

/** What happens between two polls, or to a poll. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('push' as const), digest: fc.constantFrom(...'abcd') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sync' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
  // n8n is killed before it stores the state and starts the workflow.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('failedPoll' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), hours: fc.integer({ min: -48, max: 48 }) }),
  },
);

/** The tag returns twice to a digest before the clock reaches its earlier time again. */
const CLOCK_SET_BACK = [
  { kind: 'push' as const, digest: 'b' },
  { kind: 'clock' as const, hours: -1 },
  { kind: 'poll' as const },
  ...['d', 'b', 'd'].flatMap((digest) => [{ kind: 'push' as const, digest }, { kind: 'poll' as const }]),
];

afterEach(() => vi.useRealTimers());

it.each([
  ['a reference', { watch: 'references', references: REFERENCE }],
  ['a repository', { watch: 'repository', repository: 'shop/checkout' }],
])(
  'reports each change of %s once in every history',
  async (_, watch) => {
    await using demo = await startDemo({}, { seed, clock: START });
    const parameters = { ...watch, events: ['digestChanged'] };
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(START) });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (history) => {
        demo.emulator.reset();
        demo.emulator.state.reset();
        demo.emulator.clock.set(START);
        vi.setSystemTime(new Date(START));
        let stored: IDataObject = {};
        /** Polls with the stored state, as after a restart. */
        const poll = async () => {
          const trigger = demo.engine.trigger(parameters);
          Object.assign(trigger.staticData, JSON.parse(JSON.stringify(stored)));
          const events = (await trigger.poll()) ?? [];
          return { events, staticData: trigger.staticData };
        };
        const liveDigest = () => demo.emulator.state.images()[0]?.digest;

        stored = (await poll()).staticData;
        let known = liveDigest();
        const ids = new Set<unknown>();
        for (const event of [...history, { kind: 'poll' as const }]) {
          vi.setSystemTime(Date.now() + MINUTE);
          demo.emulator.clock.advance(MINUTE);
          if (event.kind === 'push') demo.emulator.state.push(LATEST, event.digest.repeat(64));
          if (event.kind === 'sync') demo.emulator.state.syncInventory();
          if (event.kind === 'clock') {
            vi.setSystemTime(Date.now() + event.hours * 60 * MINUTE);
          }
          if (event.kind === 'kill') await poll();
          if (event.kind === 'failedPoll') {
            demo.emulator.faults.add({
              times: 1,
              effect: { kind: 'error', code: 'NoPermission', status: 403 },
            });
            await expect(poll()).rejects.toThrow();
          }
          if (event.kind === 'poll') {
            vi.setSystemTime(Date.now() + 60_000);
            const polled = await poll();
            stored = polled.staticData;
            const now = liveDigest();
            const expected =
              now === known ? [] : [{ image: REFERENCE, from: `sha256:${known}`, to: `sha256:${now}` }];
            expect(polled.events.map(({ image, from, to }) => ({ image, from, to }))).toEqual(expected);
            for (const { id } of polled.events) {
              expect(ids).not.toContain(id);
              ids.add(id);
            }
            known = now;
          }
        }
      }),
      { numRuns: 40, examples: [[CLOCK_SET_BACK]] },
    );
  },
  120_000,
);
