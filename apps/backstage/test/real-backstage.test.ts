import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entityImagesSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP, ARTIFACTS } from '../src/folders.ts';
import { type GuestSession, signInAsGuest } from '../src/guest-session.ts';
import { moveTag } from '../src/move-tag.ts';
import { type Host, startHost } from '../src/start-host.ts';
import { demoKeys } from '../src/world/demo-keys.ts';
import { callAction, listActions } from './mcp.ts';
import { openVisitor, type Visitor } from './visitor.ts';

const quiet = { say: () => {} };

/** What the card of an entity is made of, as its back end gives it. */
async function imagesOf(guest: GuestSession, component: string) {
  const answer = await guest.ask(`/describe-image/entities/component/default/${component}/images`);
  return entityImagesSchema.parse(await answer.json()).images;
}

/** Our part of a page; the frame around it, contrast of its own texts included, is Backstage's. */
function ours(faults: readonly string[]): string[] {
  return faults.filter((fault) => !/^(region|heading-order|landmark|page-has-heading)/.test(fault));
}

describe('Backstage in Chromium', () => {
  let host: Host;
  let guest: GuestSession;
  let visitor: Visitor;
  beforeAll(async () => {
    host = await startHost(quiet);
    guest = await signInAsGuest(host.url);
    visitor = await openVisitor(host.url);
  });
  afterAll(async () => {
    await visitor?.[Symbol.asyncDispose]();
    await host?.[Symbol.asyncDispose]();
  });

  it('shows the digests of a component, and copies one with one press', async () => {
    const [web] = await imagesOf(guest, 'checkout');
    await visitor.visitComponent('checkout');
    const { page } = visitor;
    await page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
    await page
      .getByRole('button', { name: /^Copy the digest of/ })
      .first()
      .click();
    await page
      .getByText(/^Copied/)
      .first()
      .waitFor();
    expect(await visitor.clipboard()).toBe(web?.live?.digest);
    // By the keyboard alone.
    await page
      .getByRole('button', { name: /with its digest$/ })
      .first()
      .press('Enter');
    await expect.poll(() => visitor.clipboard()).toBe(web?.pinned);
    expect(ours(await visitor.faultsOfAccess('article, main, body'))).toEqual([]);
    await visitor.shoot('card-light');
  });

  it('asks again at a press', async () => {
    await visitor.visitComponent('checkout');
    const asked = host.emulator.requests.length;
    await visitor.page.getByRole('button', { name: 'Ask again for all images' }).click();
    await visitor.page.getByText('All images were asked for again').waitFor();
    expect(host.emulator.requests.length).toBeGreaterThan(asked);
  });

  it('says which digests differ, and what to do about an image that cannot be read', async () => {
    await visitor.visitComponent('cart');
    await visitor.page.getByText('Drift', { exact: true }).first().waitFor();
    await visitor.shoot('card-drift');
    await visitor.visitComponent('standby-checkout');
    await visitor.page.getByText('A RAM permission is missing').waitFor();
    await visitor.page
      .getByText(/RAM action/)
      .first()
      .waitFor();
    await visitor.shoot('card-failure');
  });

  it('finds, sorts and pages the tags of a repository', async () => {
    const { page } = visitor;
    await visitor.visitComponent('base-images', '/images');
    const count = page.getByText(/\d+ of \d+ tags/);
    await count.waitFor();
    const before = await count.textContent();
    await page.getByRole('searchbox', { name: 'Find tags and digests' }).fill('zzz-no-such-tag');
    await page.getByText(/^0 of \d+ tags/).waitFor();
    await page.getByRole('searchbox', { name: 'Find tags and digests' }).fill('');
    await page.getByText(before ?? '').waitFor();
    expect(ours(await visitor.faultsOfAccess())).toEqual([]);
    await visitor.shoot('tab-tags');
  });

  it('lists every image of the organisation, and those of one owner', async () => {
    const { page } = visitor;
    await visitor.visit('/container-images');
    await page.getByText(/^(\d+) of \1 images/).waitFor();
    const rows = page.getByRole('row');
    const all = await rows.count();
    await page.getByRole('button', { name: /Owner/ }).click();
    await page.getByRole('option', { name: /data-team|Data team/i }).click();
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await visitor.shoot('page-light');
  });

  it('follows a moved tag without being loaded again, on card, timeline and bell', async () => {
    const { page } = visitor;
    await visitor.visitComponent('events-collector');
    const [before] = await imagesOf(guest, 'events-collector');
    await page
      .getByTitle(before?.live?.digest ?? '')
      .first()
      .waitFor();
    await page.evaluate('window.sameDocument = true');
    moveTag(host.emulator);
    await page
      .getByText(/^Moved .* from/)
      .first()
      .waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    const [after] = await imagesOf(guest, 'events-collector');
    expect(after?.lastMove).toMatchObject({ from: before?.live?.digest, to: after?.live?.digest });
    await visitor.shoot('card-moved');

    await visitor.visit('/notifications');
    await page.getByText('events-collector:latest moved').first().waitFor();
    await visitor.shoot('notification');
    await visitor.visitComponent('events-collector', '/images');
    await page.getByRole('img', { name: /^What .* was/ }).waitFor();
    await visitor.shoot('timeline');
  });

  it('is dark, narrow and Chinese where the visitor is', async () => {
    await using dark = await openVisitor(host.url, { colorScheme: 'dark' });
    await dark.visitComponent('storefront');
    await dark.page.getByText('Risks found').first().waitFor();
    await dark.shoot('card-dark');
    await dark.visit('/container-images');
    await dark.page.getByText(/\d+ of \d+ images/).waitFor();
    await dark.shoot('page-dark');

    await using phone = await openVisitor(host.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await phone.visitComponent('checkout');
    await phone.page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
    const sideways = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await phone.page.evaluate(sideways)).toBe(false);
    await phone.shoot('card-mobile');

    await using chinese = await openVisitor(host.url);
    await chinese.page.evaluate("localStorage.setItem('language', 'zh')");
    await chinese.visitComponent('checkout');
    await chinese.page.getByRole('list', { name: '此实体的容器镜像' }).waitFor();
    await chinese.shoot('card-zh');
  });

  it('offers its actions to agents, as reading only', async () => {
    const actions = await listActions(guest);
    const ours = actions.filter(({ name }) => name.startsWith('describe-image.'));
    expect(ours.map(({ name }) => name).sort()).toEqual([
      'describe-image.get-image-digests',
      'describe-image.get-image-history',
      'describe-image.pin-image',
      'describe-image.verify-image',
    ]);
    for (const { annotations } of ours)
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    const [web] = await imagesOf(guest, 'checkout');
    const said = await callAction(guest, 'describe-image.get-image-digests', {
      entityRef: 'component:default/checkout',
    });
    expect(JSON.stringify(said)).toContain(web?.live?.digest);
  });

  it('keeps its secrets from responses, logs, bundles and source maps', async () => {
    const secrets = Object.values(demoKeys).map(({ accessKeySecret }) => accessKeySecret);
    const leaks = (where: string, text: string) =>
      secrets.some((secret) => text.includes(secret)) ? [where] : [];
    const files = (folder: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.png'))
        .map((entry) => join(entry.parentPath, entry.name));
    const built = [...files(join(APP, 'app/dist')), ...files(join(APP, 'legacy-app/dist'))];
    const logs = files(ARTIFACTS);
    // Schemas of configurations are found, or nothing would be struck out.
    expect(readFileSync(host.backends[0]?.log ?? '', 'utf8')).toMatch(/Found [1-9]\d* new secrets/);
    expect(await visitor.page.title()).toContain('Acme on Backstage');
    expect(built.length).toBeGreaterThan(100);
    expect(logs.length).toBeGreaterThan(0);
    const found = [...built, ...logs].flatMap((file) => leaks(file, readFileSync(file, 'utf8')));
    const received = (await visitor.received()).flatMap((body) => leaks(body.slice(0, 200), body));
    expect([...found, ...received]).toEqual([]);
  });
});

describe('Backstage in its old frontend system', () => {
  it('has card, tab and page', async () => {
    await using host = await startHost({ ...quiet, app: '@describe-image/backstage-legacy-app' });
    await using visitor = await openVisitor(host.url);
    await visitor.visitComponent('checkout');
    await visitor.page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
    await visitor.shoot('old-card');
    await visitor.visitComponent('checkout', '/images');
    await visitor.page.getByRole('img', { name: /^What .* was/ }).waitFor();
    await visitor.shoot('old-tab');
    await visitor.visit('/container-images');
    await visitor.page.getByText(/\d+ of \d+ images/).waitFor();
    await visitor.shoot('old-page');
  });
});
