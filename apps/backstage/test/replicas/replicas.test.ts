import { entityImagesSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GuestSession, signInAsGuest } from '../../src/guest-session.ts';
import { startReplicas } from '../../src/replicas/start-replicas.ts';
import type { Host } from '../../src/start-host.ts';
import { moveTag } from '../../src/world/demo-seed.ts';

const Notifications = z.object({
  notifications: z.array(z.object({ payload: z.object({ title: z.string(), description: z.string() }) })),
});
const timeLimit = { timeout: 150_000, interval: 500 };

describe('two back ends with a shared PostgreSQL and Redis', () => {
  let host: Host;
  beforeAll(async () => {
    host = await startReplicas({ log: () => {} });
  });
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
  });

  const imagesOf = async (guest: GuestSession, component: string) => {
    const response = await guest.fetch(`/describe-image/entities/component/default/${component}/images`);
    return entityImagesSchema.parse(await response.json()).images;
  };
  const moveNotifications = async (guest: GuestSession): Promise<string[]> => {
    const response = await guest.fetch('/notifications/notifications?limit=100');
    return Notifications.parse(await response.json())
      .notifications.filter(({ payload }) => payload.title.startsWith('data/events-collector'))
      .map(({ payload }) => payload.description);
  };
  const guestOf = (index: number): Promise<GuestSession> =>
    signInAsGuest(host.backends[index]?.address ?? '');

  it('answer from the shared cache after one of them has called DescribeImage', async () => {
    const [first, second] = [await guestOf(0), await guestOf(1)];
    const [fetched] = await imagesOf(first, 'refunds');
    const requests = host.emulator.requests.filter(({ operation }) => operation === 'DescribeImage').length;
    const [cached] = await imagesOf(second, 'refunds');
    expect(cached).toEqual({ ...fetched, fromCache: true });
    expect(host.emulator.requests.filter(({ operation }) => operation === 'DescribeImage')).toHaveLength(
      requests,
    );
  });

  it('read the inventory as often as a single back end', async () => {
    const lists = () =>
      host.emulator.requests.filter(({ operation }) => operation === 'DescribeImageInstances').length;
    const before = { lists: lists(), at: performance.now() };
    await expect.poll(() => lists() - before.lists, timeLimit).toBeGreaterThanOrEqual(6);
    // Two instances, at most every five seconds. Two independent back ends would send twice as many requests.
    const ticks = (performance.now() - before.at) / 5_000 + 2;
    expect(lists() - before.lists).toBeLessThanOrEqual(2 * ticks);
  });

  it('notify the owner of a moved tag once', async () => {
    const guest = await signInAsGuest(host.url);
    moveTag(host.emulator);
    await expect.poll(() => moveNotifications(guest), timeLimit).toHaveLength(1);
    // Two more reads of both inventories: enough time for the other back end to notify too.
    const seen = host.emulator.requests.length;
    await expect.poll(() => host.emulator.requests.length - seen, timeLimit).toBeGreaterThanOrEqual(4);
    expect(await moveNotifications(guest)).toHaveLength(1);
  });

  it('report a moved tag after one of them was killed during a refresh', async () => {
    const guest = await guestOf(1);
    const notified = (await moveNotifications(guest)).length;
    // A slow inventory keeps the refresh running until the back end is killed.
    host.emulator.faults.add({
      operation: 'DescribeImageInstances',
      times: 2,
      effect: { kind: 'slow-body' },
    });
    moveTag(host.emulator);
    const seen = host.emulator.requests.length;
    await expect.poll(() => host.emulator.requests.length, timeLimit).toBeGreaterThan(seen);
    process.kill(host.backends[0]?.pid ?? Number.NaN, 'SIGKILL');
    await expect.poll(async () => (await moveNotifications(guest)).length, timeLimit).toBe(notified + 1);
    const [image] = await imagesOf(guest, 'events-collector');
    expect(image?.lastMove?.to).toBe(image?.live?.digest ?? image?.scanned?.digest);
  });
});
