import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findChromium } from '@describe-image/services';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { ARTIFACTS } from '../src/folders.ts';

/** A guest of Backstage in Chromium. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  /** Opens a page of Backstage by its path. */
  visit(path: string): Promise<void>;
  /** Opens the page of a component, or a tab of it. */
  visitComponent(name: string, tab?: string): Promise<void>;
  /** What was copied last. */
  clipboard(): Promise<string>;
  /** What axe finds wrong in a part of the page, a line each. */
  faultsOfAccess(part?: string): Promise<string[]>;
  /** Leaves a picture in `.artifacts/backstage`. */
  shoot(name: string): Promise<void>;
  /** Every body and URL that the browser was given so far. */
  received(): Promise<string[]>;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AxeResults = z.array(
  z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** Opens Backstage and comes in as a guest. */
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
    // A redirect has no body, and one that the page left before it came has none either.
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
    async faultsOfAccess(part = 'body') {
      await page.evaluate(AXE); // not by a script element, which the page's own policy forbids
      const found = await page.evaluate(
        `axe.run(${JSON.stringify(part)}).then(({ violations }) => violations)`,
      );
      return AxeResults.parse(found).map(
        ({ id, help, nodes }) =>
          `${id}: ${help}\n  ${nodes.map(({ html }) => html.slice(0, 200)).join('\n  ')}`,
      );
    },
    async shoot(name) {
      await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), animations: 'disabled', fullPage: true });
    },
    received: () => Promise.all(bodies),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
