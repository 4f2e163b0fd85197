import { entityImagesSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GuestSession, signInAsGuest } from '../../src/guest-session.ts';
import { type Replicas, startReplicas } from '../../src/replicas/start-replicas.ts';
import { demoKeys, moveTag } from '../../src/world/demo-seed.ts';

const Notifications = z.object({
  notifications: z.array(
    z.object({
      payload: z.object({ title: z.string(), description: z.string() }),
      /** Set when a later notification of the same image replaced it. */
      updated: z.unknown(),
    }),
  ),
});
const timeLimit = { timeout: 150_000, interval: 500 };

describe('two back ends with a shared PostgreSQL and Redis', () => {
  let host: Replicas;
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
  const sentNotifications = async (guest: GuestSession) => {
    const response = await guest.fetch('/notifications/notifications?limit=100');
    return Notifications.parse(await response.json()).notifications.filter(({ payload }) =>
      payload.title.startsWith('data/events-collector'),
    );
  };
  const moveNotifications = async (guest: GuestSession): Promise<string[]> =>
    (await sentNotifications(guest)).map(({ payload }) => payload.description);
  const guestOf = (index: number): Promise<GuestSession> =>
    signInAsGuest(host.backends[index]?.address ?? '');

  it('check each image once within their common budget', async () => {
    const checks = () =>
      host.emulator.requests.filter(
        ({ operation, accessKeyId }) =>
          operation === 'DescribeImage' && accessKeyId === demoKeys.main.accessKeyId,
      );
    // No page was opened yet, so all of these are live checks.
    await expect.poll(() => checks().length, timeLimit).toBeGreaterThanOrEqual(12);
    const images = checks().map(({ parameters }) => `${parameters['ImageRepoId']}:${parameters['ImageTag']}`);
    expect(new Set(images).size).toBe(images.length);
    const [first, last] = [checks()[0], checks().at(-1)];
    // One per second. Two independent back ends would take half of the time.
    const seconds = ((last?.time ?? 0) - (first?.time ?? 0)) / 1_000;
    expect(seconds).toBeGreaterThan(0.75 * (images.length - 1));
  });

  it('answer from the shared cache after one of them has called DescribeImage', async () => {
    const [first, second] = [await guestOf(0), await guestOf(1)];
    const [fetched] = await imagesOf(first, 'refunds');
    // Live checks of other images continue.
    const requests = () =>
      host.emulator.requests.filter(
        ({ operation, parameters }) =>
          operation === 'DescribeImage' && parameters['ImageTag'] === fetched?.tag,
      ).length;
    const before = requests();
    expect(before).toBeGreaterThan(0);
    const [cached] = await imagesOf(second, 'refunds');
    expect(cached).toEqual({ ...fetched, fromCache: true });
    expect(requests()).toBe(before);
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

  it('announce a move while notifications fail, and notify the owner once when they work again', async () => {
    const guest = await signInAsGuest(host.url);
    const waiting = () => host.query('describe-image', 'select distinct queue from deliveries');
    expect(await moveNotifications(guest)).toEqual([]);
    await host.query('notifications', 'alter table notification rename to moved_away');
    moveTag(host.emulator);
    await expect
      .poll(() => host.query('describe-image', 'select max(attempts) from deliveries'), timeLimit)
      .toMatch(/[1-9]/);
    expect(await waiting()).toBe('notify');

    await host.query('notifications', 'alter table moved_away rename to notification');
    await expect.poll(() => moveNotifications(guest), timeLimit).toHaveLength(1);
    // Two more reads of both inventories: enough time for the other back end to notify too.
    const seen = host.emulator.requests.length;
    await expect.poll(() => host.emulator.requests.length - seen, timeLimit).toBeGreaterThanOrEqual(4);
    // A second notification would have replaced the first one.
    expect(await sentNotifications(guest)).toMatchObject([{ updated: null }]);
    expect(await waiting()).toBe('');
  });

  it('pause the calls to an endpoint that fails, and continue when it works again', async () => {
    const guests = [await guestOf(0), await guestOf(1)];
    const refresh = async (guest: GuestSession) => {
      const response = await guest.fetch(
        '/describe-image/entities/component/default/refunds/images/refresh',
        {
          method: 'POST',
        },
      );
      return entityImagesSchema.parse(await response.json()).images[0]?.failure?.kind;
    };
    host.emulator.faults.add({ effect: { kind: 'html', status: 502 } });
    for (const guest of guests) await expect.poll(() => refresh(guest), timeLimit).toBe('paused');
    const { length } = host.emulator.requests;
    for (let n = 0; n < 10; n++) for (const guest of guests) await refresh(guest);
    // At most one test call of each back end, with its retries.
    expect(host.emulator.requests.length - length).toBeLessThanOrEqual(8);

    host.emulator.faults.clear();
    for (const guest of guests) await expect.poll(() => refresh(guest), timeLimit).toBeUndefined();
  });

  it('report a moved tag after one of them was killed during a refresh', async () => {
    const guest = await guestOf(1);
    const notified = await moveNotifications(guest);
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
    // The notification replaces the previous one of the same image.
    await expect.poll(() => moveNotifications(guest), timeLimit).not.toEqual(notified);
    const [image] = await imagesOf(guest, 'events-collector');
    const to = image?.lastMove?.to;
    expect(to).toBe(image?.live?.digest ?? image?.scanned?.digest);
    expect(await moveNotifications(guest)).toMatchObject([expect.stringMatching(`^${to?.slice(0, 19)} `)]);
  });
});
