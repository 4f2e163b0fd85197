import { createBackendModule } from '@backstage/backend-plugin-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { imageNotificationsExtensionPoint } from '../src/index.ts';
import type { ImageNotification } from '../src/notifications/channel.ts';
import { openSqlite } from './databases.ts';
import { CHECKOUT, CHECKOUT_IDS, component, demoDigest, HOST } from './entities.ts';
import { type StartOptions, startPlugin } from './start-plugin.ts';

const LATEST = `${HOST}/shop/checkout:latest`;
const RELEASE = { instanceId: 'cri-3xk9v2m7q4wz8d1p', repository: 'shop/checkout', tag: '1.4.2' };
const NOTIFICATIONS = 'alibabacloud.com/describe-image-notifications';

async function start({ notifications, ...options }: StartOptions & { notifications?: object }) {
  const database = await openSqlite();
  onTestFinished(() => database.destroy());
  const plugin = await startPlugin({
    database,
    config: (url) => ({
      instances: [
        {
          name: 'acme',
          accessKeyId: 'demo-access-key-id',
          accessKeySecret: 'demo-access-key-secret',
          endpoint: url,
        },
      ],
      refresh: { requestsPerSecond: 1000 },
      ...(notifications && { notifications }),
    }),
    ...options,
  });
  /** Makes all images due, refreshes them, and delivers the events. */
  const refreshAll = async () => {
    await database('images').update({ next_refresh_at: 0 });
    await plugin.refresh();
    await plugin.deliver();
  };
  const payloads = () => plugin.reported.notifications.map(({ payload }) => payload);
  return { ...plugin, database, refreshAll, payloads };
}

describe('notifications', () => {
  it('have one scope for all events of an image', async () => {
    const { emulator, payloads, refreshAll } = await start({
      entities: [component('checkout', { images: [CHECKOUT, LATEST] })],
    });
    await refreshAll();
    for (const tag of ['1.4.2', '1.4.2', 'latest']) {
      emulator.state.push({ ...RELEASE, tag });
      await refreshAll();
    }
    const [first, second, other] = payloads().map(({ scope }) => scope);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('name an image that is declared by ids as the inventory does', async () => {
    const { emulator, payloads, refreshAll } = await start({
      entities: [component('checkout', { ids: [CHECKOUT_IDS] })],
    });
    await refreshAll();
    emulator.state.push(RELEASE);
    await refreshAll();
    expect(payloads()).toMatchObject([{ title: 'shop/checkout:1.4.2 moved' }]);
  });

  it('have the severity of drift when the tag left the declared digest', async () => {
    const { emulator, payloads, refreshAll } = await start({
      entities: [component('checkout', { images: [`${CHECKOUT}@${demoDigest('checkout 1.4.2')}`] })],
      notifications: { severity: { drift: 'critical' } },
    });
    await refreshAll();
    emulator.state.push(RELEASE);
    await refreshAll();
    emulator.state.push(RELEASE, demoDigest('checkout 1.4.2'));
    await refreshAll();
    expect(payloads().map(({ severity }) => severity)).toEqual(['critical', 'high']);
  });

  it('are in Chinese when the configuration selects it', async () => {
    const { emulator, payloads, refreshAll } = await start({
      entities: [component('checkout', { images: [CHECKOUT] })],
      notifications: { language: 'zh' },
    });
    await refreshAll();
    emulator.state.push(RELEASE);
    await refreshAll();
    expect(payloads()).toMatchObject([{ title: 'shop/checkout:1.4.2 已移动' }]);
  });

  it('report increased risks and failed scans, with the counts that are not zero', async () => {
    const { emulator, payloads, refreshAll } = await start({
      entities: [component('checkout', { images: [CHECKOUT] })],
    });
    await refreshAll();
    emulator.state.startScan(RELEASE, { vulnerabilities: 3, step: '1ms' });
    while (payloads().length < 1) await refreshAll();
    emulator.state.startScan(RELEASE, { result: 'FAIL', step: '1ms' });
    while (payloads().length < 2) await refreshAll();
    await refreshAll();
    expect(payloads()).toMatchObject([
      {
        title: 'shop/checkout:1.4.2: risks increased',
        description: `3 vulnerabilities · ${CHECKOUT}`,
        severity: 'high',
      },
      { title: 'shop/checkout:1.4.2: scan failed', severity: 'normal' },
    ]);
  });

  it('report once that an image was not verified for long, when they are turned on', async () => {
    const { checkLive, database, payloads, refreshAll } = await start({
      entities: [component('checkout', { images: [CHECKOUT] })],
      notifications: { events: ['not-verified'], notVerifiedHours: 24 },
    });
    await refreshAll();
    expect(payloads()).toEqual([]);
    await database('images').update({ declared_at: Date.now() - 25 * 3_600_000 });
    await refreshAll();
    await refreshAll();
    await checkLive();
    await refreshAll();
    expect(payloads()).toMatchObject([{ title: 'shop/checkout:1.4.2 is not verified', severity: 'low' }]);
  });

  it('omit events that the configuration turns off', async () => {
    const { emulator, payloads, refreshAll, reported } = await start({
      entities: [component('checkout', { images: [CHECKOUT] })],
      notifications: { events: ['risk-increased'] },
    });
    await refreshAll();
    emulator.state.push(RELEASE);
    await refreshAll();
    expect(payloads()).toEqual([]);
    expect(reported.events).toHaveLength(1);
  });

  it.each([
    ['none', []],
    ['releases', ['shop/checkout:1.4.2 moved']],
    ['all', ['shop/checkout:1.4.2 moved', 'shop/checkout:latest moved']],
  ])('with the annotation %s are about %j', async (value, titles) => {
    const { emulator, payloads, refreshAll } = await start({
      entities: [
        component('checkout', { images: [CHECKOUT, LATEST], annotations: { [NOTIFICATIONS]: value } }),
      ],
    });
    await refreshAll();
    for (const tag of ['1.4.2', 'latest']) emulator.state.push({ ...RELEASE, tag });
    await refreshAll();
    expect(
      payloads()
        .map(({ title }) => title)
        .sort(),
    ).toEqual(titles);
  });

  it('are not sent for an event that is older than a day', async () => {
    const { database, deliver, emulator, payloads, refresh, logged } = await start({
      entities: [component('checkout', { images: [CHECKOUT] })],
    });
    await refresh();
    emulator.state.push(RELEASE);
    await database('images').update({ next_refresh_at: 0 });
    await refresh();
    const [{ event }] = await database('deliveries').where({ queue: 'notify' }).select('event');
    const old = { ...JSON.parse(event), observedAt: new Date(Date.now() - 25 * 3_600_000).toISOString() };
    await database('deliveries').update({ event: JSON.stringify(old) });
    await deliver();
    expect(payloads()).toEqual([]);
    expect(logged.join('\n')).toContain('older than a day');
  });

  it('reach each channel once, also when another one fails at first', async () => {
    const received: ImageNotification[] = [];
    let isDown = true;
    const chat = createBackendModule({
      pluginId: 'describe-image',
      moduleId: 'chat',
      register(env) {
        env.registerInit({
          deps: { notifications: imageNotificationsExtensionPoint },
          async init({ notifications }) {
            notifications.addChannel({
              name: 'chat',
              async send(notification) {
                if (isDown) throw new Error('the chat is down');
                received.push(notification);
              },
            });
          },
        });
      },
    });
    const { database, deliver, emulator, payloads, refreshAll } = await start({
      entities: [component('checkout', { images: [CHECKOUT] })],
      modules: [chat],
    });
    await refreshAll();
    emulator.state.push(RELEASE);
    await refreshAll();
    isDown = false;
    await database('deliveries').update({ next_attempt_at: 0 });
    await deliver();
    expect(payloads()).toHaveLength(1);
    expect(received).toMatchObject([
      {
        ownerRef: 'group:default/team-shop',
        entityRef: 'component:default/checkout',
        event: { kind: 'moved', key: CHECKOUT },
        payload: { title: 'shop/checkout:1.4.2 moved' },
      },
    ]);
  });
});
