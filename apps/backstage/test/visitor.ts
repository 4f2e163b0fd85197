import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findChromium } from '@describe-image/services';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { APP, ARTIFACTS } from '../src/folders.ts';

/** A browser that is signed in to Backstage as a guest. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  /** Opens a path. */
  visit(path: string): Promise<void>;
  /** Opens the page of a component, or one of its tabs. */
  visitComponent(name: string, tab?: string): Promise<void>;
  /** Reads the clipboard. */
  clipboard(): Promise<string>;
  /** The violations that axe reports for a part of the page. */
  violations(selector?: string): Promise<string[]>;
  /** Saves a screenshot of the page, or of one element, in `.artifacts/backstage`. */
  screenshot(name: string, selector?: string): Promise<void>;
  /** The URLs and bodies of all responses. */
  responses(): Promise<string[]>;
}

/** Screenshots that READMEs show. `UPDATE_README_IMAGES=1` writes them to `docs/images`. */
const README_IMAGES: Readonly<Record<string, string>> = {
  'card-drift': 'backstage-card.png',
  'tab-light': 'backstage-tab.png',
  'overview-light': 'backstage-overview.png',
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AxeResults = z.array(
  z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** Starts Chromium and signs in as a guest. */
export async function openVisitor(url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    // A redirect has no body, and neither has a response that arrives after navigation.
    bodies.push(
      response.text().then(
        (text) => `${response.url()}\n${text}`,
        () => response.url(),
      ),
    );
  });
  await page.goto(url);
  await page.getByRole('button', { name: /enter/i }).click();
  await page.getByRole('button', { name: /enter/i }).waitFor({ state: 'detached' });
  const visit = async (path: string): Promise<void> => {
    await page.goto(`${url}${path}`);
  };
  mkdirSync(ARTIFACTS, { recursive: true });
  return {
    page,
    visit,
    visitComponent: (name, tab = '') => visit(`/catalog/default/component/${name}${tab}`),
    clipboard: () => page.evaluate('navigator.clipboard.readText()').then((text) => z.string().parse(text)),
    async violations(selector = 'body') {
      await page.evaluate(AXE); // the content security policy forbids a script element
      const results = await page.evaluate(
        `axe.run(${JSON.stringify(selector)}).then(({ violations }) => violations)`,
      );
      return AxeResults.parse(results).map(
        ({ id, help, nodes }) =>
          `${id}: ${help}\n  ${nodes.map(({ html }) => html.slice(0, 200)).join('\n  ')}`,
      );
    },
    async screenshot(name, selector) {
      const path = join(ARTIFACTS, `${name}.png`);
      if (selector === undefined) await page.screenshot({ path, animations: 'disabled', fullPage: true });
      else await page.locator(selector).screenshot({ path, animations: 'disabled' });
      const image = README_IMAGES[name];
      if (image !== undefined && process.env['UPDATE_README_IMAGES'] === '1')
        await page.screenshot({ path: join(APP, '../../docs/images', image), animations: 'disabled' });
    },
    responses: () => Promise.all(bodies),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
