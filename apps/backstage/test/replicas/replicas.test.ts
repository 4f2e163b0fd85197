import { entityImagesSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GuestSession, signInAsGuest } from '../../src/guest-session.ts';
import { moveTag } from '../../src/move-tag.ts';
import { type ReplicasHost, startReplicas } from '../../src/replicas/start-replicas.ts';

const Notifications = z.object({
  notifications: z.array(z.object({ payload: z.object({ title: z.string(), description: z.string() }) })),
});
const patience = { timeout: 150_000, interval: 500 };

describe('two back ends over one Postgres and one Redis', () => {
  let host: ReplicasHost;
  beforeAll(async () => {
    host = await startReplicas({ say: () => {} });
  });
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
  });

  /** What one of them, or whoever is behind the shared port, says. */
  const imagesFrom = async (guest: GuestSession, component: string) => {
    const answer = await guest.ask(`/describe-image/entities/component/default/${component}/images`);
    return entityImagesSchema.parse(await answer.json()).images;
  };
  const movesTold = async (guest: GuestSession): Promise<string[]> => {
    const answer = await guest.ask('/notifications/notifications?limit=100');
    return Notifications.parse(await answer.json())
      .notifications.filter(({ payload }) => payload.title.startsWith('events-collector'))
      .map(({ payload }) => payload.description);
  };
  const guestOf = (index: number): Promise<GuestSession> =>
    signInAsGuest(host.backends[index]?.address ?? '');

  it('share what they know of an image: one asks, the other need not', async () => {
    const [first, second] = [await guestOf(0), await guestOf(1)];
    const [asked] = await imagesFrom(first, 'refunds');
    const requests = host.emulator.requests.filter(({ operation }) => operation === 'DescribeImage').length;
    const [known] = await imagesFrom(second, 'refunds');
    expect(known).toEqual({ ...asked, fromCache: true });
    expect(host.emulator.requests.filter(({ operation }) => operation === 'DescribeImage')).toHaveLength(
      requests,
    );
  });

  it('look at the inventory as often as one would', async () => {
    const lists = () =>
      host.emulator.requests.filter(({ operation }) => operation === 'DescribeImageInstances').length;
    const before = { lists: lists(), at: performance.now() };
    await expect.poll(() => lists() - before.lists, patience).toBeGreaterThanOrEqual(6);
    // Two instances, every five seconds at most; twice as many if both back ends looked.
    const ticks = (performance.now() - before.at) / 5_000 + 2;
    expect(lists() - before.lists).toBeLessThanOrEqual(2 * ticks);
  });

  it('tell the owner of a moved tag once', async () => {
    const guest = await signInAsGuest(host.url);
    moveTag(host.emulator);
    await expect.poll(() => movesTold(guest), patience).toHaveLength(1);
    // Long enough for the other one to look as well: two more looks at the inventory.
    const seen = host.emulator.requests.length;
    await expect.poll(() => host.emulator.requests.length - seen, patience).toBeGreaterThanOrEqual(4);
    expect(await movesTold(guest)).toHaveLength(1);
  });

  it('lose nothing when one is killed while images are being refreshed', async () => {
    const guest = await guestOf(1);
    const told = (await movesTold(guest)).length;
    // The inventory answers slowly meanwhile, so that the refresh is under way when the back end dies.
    host.emulator.faults.add({
      operation: 'DescribeImageInstances',
      times: 2,
      effect: { kind: 'slow-body' },
    });
    moveTag(host.emulator);
    const seen = host.emulator.requests.length;
    await expect.poll(() => host.emulator.requests.length, patience).toBeGreaterThan(seen);
    process.kill(host.backends[0]?.pid ?? Number.NaN, 'SIGKILL');
    await expect.poll(async () => (await movesTold(guest)).length, patience).toBe(told + 1);
    const [image] = await imagesFrom(guest, 'events-collector');
    expect(image?.lastMove?.to).toBe(image?.live?.digest ?? image?.scanned?.digest);
  });
});
