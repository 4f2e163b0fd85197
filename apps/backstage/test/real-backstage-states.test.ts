import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Host, startHost } from '../src/start-host.ts';
import { openVisitor, type Visitor } from './visitor.ts';

const CARD = 'article:has(button[aria-label="Refresh all"])';
/** The components of the demo by the state of their worst image. */
const components = {
  cart: 'Drift',
  storefront: 'Risks found',
  receipts: 'Digest missing',
  'standby-checkout': 'Read failed',
  'fraud-check': 'Scan failed',
  'base-images': 'Scan outdated',
  'payments-api': 'Not scanned',
  ledger: 'Scanning',
  refunds: 'No risks found',
} as const;

/** Omits a rule about the structure of the page, which belongs to Backstage. */
const withoutHeadingOrder = (violations: readonly string[]) =>
  violations.filter((violation) => !violation.startsWith('heading-order'));

describe.each(['light', 'dark'] as const)('the %s theme', (colorScheme) => {
  let host: Host;
  let visitor: Visitor;
  beforeAll(async () => {
    host = await startHost({ log: () => {} });
    visitor = await openVisitor(host.url, { colorScheme });
  });
  afterAll(async () => {
    await visitor?.[Symbol.asyncDispose]();
    await host?.[Symbol.asyncDispose]();
  });

  it.each(Object.entries(components))(
    'shows the card of %s as "%s", without axe violations',
    async (name, state) => {
      const { page } = visitor;
      await visitor.visitComponent(name);
      const card = page.locator(CARD);
      await card.getByText(state, { exact: true }).first().waitFor();
      const details = card.getByRole('button', { name: /^Details of/ });
      if ((await details.getAttribute('aria-expanded')) === 'false') await details.click();
      await card.getByRole('link', { name: /^Open history and tags of/ }).waitFor();
      await visitor.screenshot(`state-${name}-${colorScheme}`, CARD);
      expect(withoutHeadingOrder(await visitor.violations(CARD))).toEqual([]);
    },
  );

  it('shows invalid annotations, without axe violations', async () => {
    await visitor.visitComponent('build-runner');
    await visitor.page.getByText('1 invalid item in the annotations').waitFor();
    await visitor.screenshot(`state-fault-${colorScheme}`, CARD);
    expect(withoutHeadingOrder(await visitor.violations(CARD))).toEqual([]);
  });

  it('shows placeholders while it loads, without axe violations', async () => {
    const { page } = visitor;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/refunds/images', async (route) => {
      await held;
      await route.continue();
    });
    await visitor.visitComponent('refunds');
    await page.getByText('Loading container images').waitFor({ state: 'attached' });
    await visitor.screenshot(`state-loading-${colorScheme}`, CARD);
    expect(withoutHeadingOrder(await visitor.violations(CARD))).toEqual([]);
    release();
    await page.getByText('No risks found').first().waitFor();
    await page.unroute('**/refunds/images');
  });

  it('shows a failed refresh above the last response, without axe violations', async () => {
    const { page } = visitor;
    await page.route('**/images/refresh', (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: '<html><h1>nginx</h1></html>' }),
    );
    await visitor.visitComponent('cart');
    await page.getByRole('button', { name: 'Refresh all' }).click();
    await page.getByText(/responded with status 502/).waitFor();
    await page.locator(CARD).getByText('Drift', { exact: true }).waitFor();
    expect(await page.locator(CARD).textContent()).not.toContain('nginx');
    await visitor.screenshot(`state-refresh-failed-${colorScheme}`, CARD);
    expect(withoutHeadingOrder(await visitor.violations(CARD))).toEqual([]);
    await page.unroute('**/images/refresh');
  });

  it('shows the tab of an image that a link selects, without axe violations', async () => {
    const { page } = visitor;
    const key = 'acme-registry.cn-hangzhou.cr.aliyuncs.com/data/events-collector:2.3.0';
    await visitor.visitComponent('events-collector', `/images?image=${encodeURIComponent(key)}`);
    await page.getByRole('img', { name: /^Digests of .*events-collector:2\.3\.0/ }).waitFor();
    await page.getByText(/\d+ of \d+ tags/).waitFor();
    await visitor.screenshot(`tab-${colorScheme}`);
    expect(withoutHeadingOrder(await visitor.violations('section'))).toEqual([]);
  });

  it('shows the policy of a missing permission on the tab, without axe violations', async () => {
    const { page } = visitor;
    await visitor.visitComponent('standby-checkout', '/images');
    await page.getByRole('group', { name: 'Required RAM policy' }).nth(1).waitFor();
    await visitor.screenshot(`tab-failure-${colorScheme}`);
    expect(withoutHeadingOrder(await visitor.violations('section'))).toEqual([]);
  });

  it('shows the overview of one state, without axe violations', async () => {
    const { page } = visitor;
    await visitor.visit('/container-images');
    await page.getByText(/^(\d+) of \1 images/).waitFor();
    await visitor.screenshot(`overview-${colorScheme}`);
    expect(withoutHeadingOrder(await visitor.violations('[role=grid]'))).toEqual([]);
    await page.getByRole('button', { name: /\d+ Drift/ }).click();
    await page.waitForURL(/state=drift/);
    await page.getByRole('button', { name: 'Clear filters' }).waitFor();
    await visitor.screenshot(`overview-state-${colorScheme}`);
    expect(withoutHeadingOrder(await visitor.violations('main, [aria-label="Images by state"]'))).toEqual([]);
  });
});
