import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '@describe-image/services';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { ARTIFACTS } from '../src/folders.ts';
import { OWNER } from '../src/n8n-api.ts';

/** n8n's editor in Chromium, signed in as the owner. */
export interface Editor extends AsyncDisposable {
  readonly page: Page;
  /** The element with this test ID of n8n. */
  part(id: string): Locator;
  openWorkflow(id: string): Promise<void>;
  openNode(name: string): Promise<void>;
  /** Selects a row of a list search. */
  select(parameter: string, row: string): Promise<void>;
  /** Saves a screenshot in `.artifacts/n8n`. */
  saveScreenshot(name: string): Promise<void>;
}

/** Opens the editor and signs in. */
export async function openEditor(url: string): Promise<Editor> {
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(60_000);
  const part = (id: string): Locator => page.locator(`[data-test-id="${id}"]`);

  await page.goto(`${url}/signin`);
  await page.fill('input[type=email]', OWNER.email);
  await page.fill('input[type=password]', OWNER.password);
  await part('form-submit-button').click();
  await page.waitForURL((current) => !current.pathname.startsWith('/signin'));

  mkdirSync(ARTIFACTS, { recursive: true });
  return {
    page,
    part,
    async openWorkflow(id) {
      await page.goto(`${url}/workflow/${id}`);
      await part('canvas-node').first().waitFor();
    },
    async openNode(name) {
      await part('canvas-node').filter({ hasText: name }).dblclick();
      await part('node-execute-button').waitFor();
    },
    async select(parameter, row) {
      await part(`resource-locator-${parameter}`).locator('input').last().click();
      await page.locator('[data-test-id="rlc-item"]:visible').filter({ hasText: row }).first().click();
    },
    async saveScreenshot(name) {
      await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), animations: 'disabled' });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
