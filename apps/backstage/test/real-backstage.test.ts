import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entityImagesSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP, ARTIFACTS } from '../src/folders.ts';
import { type GuestSession, signInAsGuest } from '../src/guest-session.ts';
import { type Host, startHost } from '../src/start-host.ts';
import { demoKeys, moveTag } from '../src/world/demo-seed.ts';
import { callAction, listActions } from './mcp.ts';
import { openVisitor, type Visitor } from './visitor.ts';

const quiet = { log: () => {} };

/** The images of a component, from the back end. */
async function imagesOf(guest: GuestSession, component: string) {
  const response = await guest.fetch(`/describe-image/entities/component/default/${component}/images`);
  return entityImagesSchema.parse(await response.json()).images;
}

/** Omits rules about the structure of the page, which belongs to Backstage. */
function withoutPageRules(violations: readonly string[]): string[] {
  return violations.filter(
    (violation) => !/^(region|heading-order|landmark|page-has-heading)/.test(violation),
  );
}

describe('the new frontend system', () => {
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

  it('copies digests by pointer and keyboard, without axe violations', async () => {
    const [web] = await imagesOf(guest, 'checkout');
    await visitor.visitComponent('checkout');
    const { page } = visitor;
    await page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
    await page
      .getByRole('button', { name: /^Copy digest of/ })
      .first()
      .click();
    await page
      .getByText(/^Copied/)
      .first()
      .waitFor();
    expect(await visitor.clipboard()).toBe(web?.live?.digest);
    await page
      .getByRole('button', { name: /^More copy options of/ })
      .first()
      .press('Enter');
    await page.getByRole('menuitem', { name: 'Copy docker pull command' }).press('Enter');
    await expect.poll(() => visitor.clipboard()).toBe(`docker pull ${web?.pinned}`);
    expect(withoutPageRules(await visitor.violations('article, main, body'))).toEqual([]);
    await visitor.screenshot('card-light');
  });

  it('refreshes all images', async () => {
    await visitor.visitComponent('checkout');
    const requests = host.emulator.requests.length;
    await visitor.page.getByRole('button', { name: 'Refresh all' }).click();
    await visitor.page.getByText('All images refreshed').waitFor();
    expect(host.emulator.requests.length).toBeGreaterThan(requests);
  });

  it('shows drift, and a failure with its remedy', async () => {
    await visitor.visitComponent('cart');
    await visitor.page.getByText('Drift', { exact: true }).first().waitFor();
    await visitor.page.getByRole('link', { name: /^Open history and tags of/ }).scrollIntoViewIfNeeded();
    await visitor.screenshot('card-drift');
    await visitor.visitComponent('standby-checkout');
    await visitor.page.getByText('RAM permission missing').waitFor();
    await visitor.page.getByText('Attach this policy to the RAM user of the back end.').waitFor();
    await visitor.screenshot('card-failure');
  });

  it('searches the tags of a repository', async () => {
    const { page } = visitor;
    await visitor.visitComponent('base-images', '/images');
    const count = page.getByText(/\d+ of \d+ tags/);
    await count.waitFor();
    const before = await count.textContent();
    await page.getByRole('searchbox', { name: 'Search tags and digests' }).fill('zzz-no-such-tag');
    await page.getByText(/^0 of \d+ tags/).waitFor();
    await page.getByRole('searchbox', { name: 'Search tags and digests' }).fill('');
    await page.getByText(before ?? '').waitFor();
    expect(withoutPageRules(await visitor.violations())).toEqual([]);
    await visitor.screenshot('tab-tags');
  });

  it('lists all images, and filters them by owner', async () => {
    const { page } = visitor;
    await visitor.visit('/container-images');
    await page.getByText(/^(\d+) of \1 images/).waitFor();
    const rows = page.getByRole('row');
    const all = await rows.count();
    await page.getByRole('button', { name: /Owner/ }).click();
    await page.getByRole('option', { name: /data-team|Data team/i }).click();
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await page.waitForURL(/owner=group/);
    await visitor.screenshot('page-light');
  });

  it('exports the images of a filter as CSV', async () => {
    const { page } = visitor;
    await visitor.visit('/container-images?state=drift');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const rows = readFileSync(await (await saving).path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(rows[0]).toContain('state,entity');
    expect(rows.slice(1).every((row) => row.startsWith('drift,component:default/'))).toBe(true);
    expect(rows.join('\n')).toContain('component:default/cart');
  });

  it('opens the tab of an image from the card and from the overview', async () => {
    const { page } = visitor;
    await visitor.visitComponent('cart');
    await page.getByRole('link', { name: /^Open history and tags of/ }).click();
    await page.getByRole('img', { name: /^Digests of .*cart:stable/ }).waitFor();
    await visitor.visit('/container-images?search=2.3.0');
    await page.getByRole('link', { name: 'pinned' }).click();
    await page.getByRole('img', { name: /^Digests of .*events-collector:2\.3\.0/ }).waitFor();
  });

  it('shows a moved tag on the open card, and in the notifications and the timeline', async () => {
    const { page } = visitor;
    await visitor.visitComponent('events-collector');
    const [before] = await imagesOf(guest, 'events-collector');
    await page
      .getByTitle(before?.live?.digest ?? '')
      .first()
      .waitFor();
    await page.evaluate('window.sameDocument = true');
    moveTag(host.emulator);
    await page.getByText('Drift', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Details of .*:latest/ }).click();
    await page
      .getByText(/^Moved .* from/)
      .first()
      .waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    const [after] = await imagesOf(guest, 'events-collector');
    expect(after?.lastMove).toMatchObject({ from: before?.live?.digest, to: after?.live?.digest });
    await visitor.screenshot('card-moved');

    await visitor.visit('/notifications');
    await page
      .getByText(/events-collector:latest moved/)
      .first()
      .waitFor();
    await visitor.screenshot('notification');
    await visitor.visitComponent('events-collector', '/images');
    await page.getByRole('img', { name: /^Digests of/ }).waitFor();
    await visitor.screenshot('timeline');
  });

  it('renders in a dark theme, on a narrow screen and in Chinese', async () => {
    await using dark = await openVisitor(host.url, { colorScheme: 'dark' });
    await dark.visitComponent('storefront');
    await dark.page.getByText('Risks found').first().waitFor();
    await dark.screenshot('card-dark');
    await dark.visit('/container-images');
    await dark.page.getByText(/\d+ of \d+ images/).waitFor();
    await dark.screenshot('page-dark');

    await using phone = await openVisitor(host.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await phone.visitComponent('checkout');
    await phone.page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
    const overflows = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await phone.page.evaluate(overflows)).toBe(false);
    await phone.screenshot('card-mobile');

    await phone.visit('/container-images');
    await phone.page.getByRole('list', { name: 'Container images' }).waitFor();
    expect(await phone.page.evaluate(overflows)).toBe(false);
    await phone.screenshot('page-mobile');
    expect(withoutPageRules(await phone.violations('ul'))).toEqual([]);
    await phone.visitComponent('events-collector', '/images');
    await phone.page.getByText(/\d+ of \d+ tags/).waitFor();
    expect(await phone.page.evaluate(overflows)).toBe(false);
    await phone.screenshot('tab-mobile');

    await using chinese = await openVisitor(host.url);
    await chinese.visit('/settings');
    await chinese.page.getByRole('button', { name: 'English' }).click();
    await chinese.page.getByRole('option', { name: '中文' }).click();
    await chinese.page.getByRole('button', { name: /^(Select )?Dark/i }).click();
    await chinese.screenshot('settings');
    await chinese.page.getByRole('button', { name: /^(Select )?Light/i }).click();
    await chinese.visitComponent('checkout');
    await chinese.page.getByRole('list', { name: '此实体的容器镜像' }).waitFor();
    await chinese.screenshot('card-zh');
    await chinese.visitComponent('checkout', '/images');
    await chinese.page.getByRole('heading', { name: '历史记录' }).waitFor();
    await chinese.page
      .getByRole('tab', { name: '镜像' })
      .or(chinese.page.getByRole('link', { name: '镜像', exact: true }))
      .first()
      .waitFor();
    await chinese.screenshot('tab-zh');
    await chinese.visitComponent('standby-checkout');
    await chinese.page.getByText('请为后端的 RAM 用户授予以下权限策略。').waitFor();
    await chinese.screenshot('card-failure-zh');
    await chinese.visit('/container-images');
    await chinese.page.getByText('您可以查看的所有实体', { exact: false }).waitFor();
    await chinese.page.getByText(/\d+ \/ \d+ 个镜像/).waitFor();
    await chinese.screenshot('page-zh');
  });

  it('offers read-only actions to agents', async () => {
    const actions = await listActions(guest);
    const pluginActions = actions.filter(({ name }) => name.startsWith('describe-image.'));
    expect(pluginActions.map(({ name }) => name).sort()).toEqual([
      'describe-image.get-image-digests',
      'describe-image.get-image-history',
      'describe-image.pin-image',
      'describe-image.pin-reference',
      'describe-image.verify-image',
    ]);
    for (const { annotations } of pluginActions)
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    const [web] = await imagesOf(guest, 'checkout');
    const result = await callAction(guest, 'describe-image.get-image-digests', {
      entityRef: 'component:default/checkout',
    });
    expect(JSON.stringify(result)).toContain(web?.live?.digest);
  });

  it('keeps secrets out of responses, logs, bundles and source maps', async () => {
    const secrets = Object.values(demoKeys).map(({ accessKeySecret }) => accessKeySecret);
    const leaks = (where: string, text: string) =>
      secrets.some((secret) => text.includes(secret)) ? [where] : [];
    const files = (folder: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.png'))
        .map((entry) => join(entry.parentPath, entry.name));
    const built = [...files(join(APP, 'app/dist')), ...files(join(APP, 'legacy-app/dist'))];
    const logs = files(ARTIFACTS);
    // Backstage found the configuration schemas. Without them it would redact nothing.
    expect(readFileSync(host.backends[0]?.log ?? '', 'utf8')).toMatch(/Found [1-9]\d* new secrets/);
    expect(await visitor.page.title()).toContain('Acme on Backstage');
    expect(built.length).toBeGreaterThan(100);
    expect(logs.length).toBeGreaterThan(0);
    const inFiles = [...built, ...logs].flatMap((file) => leaks(file, readFileSync(file, 'utf8')));
    const inResponses = (await visitor.responses()).flatMap((body) => leaks(body.slice(0, 200), body));
    expect([...inFiles, ...inResponses]).toEqual([]);
  });
});

describe('the old frontend system', () => {
  it('shows card, tab and page', async () => {
    await using host = await startHost({ ...quiet, app: '@describe-image/backstage-legacy-app' });
    await using visitor = await openVisitor(host.url);
    await visitor.visitComponent('checkout');
    await visitor.page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
    await visitor.screenshot('old-card');
    await visitor.visitComponent('checkout', '/images');
    await visitor.page.getByRole('img', { name: /^Digests of/ }).waitFor();
    await visitor.screenshot('old-tab');
    await visitor.visit('/container-images');
    await visitor.page.getByText(/\d+ of \d+ images/).waitFor();
    await visitor.screenshot('old-page');
  });
});
