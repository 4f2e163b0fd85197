import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import axe from 'axe-core';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import type { exampleEntities } from '../dev/example-entities.ts';
import describeImagePlugin, { describeImageApiRef } from '../src/index.ts';

export const card = describeImagePlugin.getExtension('entity-card:describe-image/images');
export const content = describeImagePlugin.getExtension('entity-content:describe-image/images');
const page = describeImagePlugin.getExtension('page:describe-image');

const routes = { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } };

/** Renders the card or the tab of an entity. */
export function renderEntity(
  entity: (typeof exampleEntities)[keyof typeof exampleEntities],
  extension: typeof card | typeof content,
  api = new ExampleDescribeImageApi(),
  apis: unknown[] = [],
  permission: unknown = mockApis.permission(),
) {
  renderTestApp({
    ...routes,
    extensions: [createTestEntityPage({ entity }), extension],
    apis: [[describeImageApiRef, api], permission, ...apis] as never,
  });
  return api;
}

/** Renders the page with the images of all entities. */
export function renderPage(path = '/container-images', api = new ExampleDescribeImageApi()) {
  renderTestApp({
    ...routes,
    extensions: [page],
    initialRouteEntries: [path],
    apis: [[describeImageApiRef, api], mockApis.permission()] as never,
  });
  return api;
}

/** The violations that axe reports, one per line. */
export async function violations(disabledRule?: string): Promise<string[]> {
  const rules = {
    // jsdom does not render, so axe cannot measure contrast.
    'color-contrast': { enabled: false },
    // The page around the extension belongs to the test app.
    region: { enabled: false },
    ...(disabledRule && { [disabledRule]: { enabled: false } }),
  };
  const results = await axe.run(
    // react-aria's live announcer keeps texts of earlier tests for some seconds.
    { include: [document.body], exclude: [['[data-live-announcer]']] },
    { rules },
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}

/** The catalog's card has its own heading level. */
export const cardViolations = () => violations('heading-order');

/** A failed response of the back end or of a proxy in front of it. */
export function response(status: number, body: string | object, statusText = ''): Response {
  return typeof body === 'string'
    ? new Response(body, { status, statusText, headers: { 'content-type': 'text/html' } })
    : new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}
