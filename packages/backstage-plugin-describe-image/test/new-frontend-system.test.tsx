import { ResponseError } from '@backstage/errors';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleEntities } from '../dev/example-entities.ts';
import { exampleDigest, exampleImages, minutesAgo } from '../dev/example-images.ts';
import describeImagePlugin, { describeImageApiRef } from '../src/index.ts';

const card = describeImagePlugin.getExtension('entity-card:describe-image/images');
const unfilteredCard = card.override({ params: { filter: () => true } });
const content = describeImagePlugin.getExtension('entity-content:describe-image/images');
const page = describeImagePlugin.getExtension('page:describe-image');

type Entity = (typeof exampleEntities)[keyof typeof exampleEntities];
const routes = { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } };

function renderEntity(
  entity: Entity,
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

function rowOf(tag: string): HTMLElement {
  const row = screen.getByRole('rowheader', { name: tag }).closest('[role=row]');
  if (!(row instanceof HTMLElement)) throw new Error(`no row of the tag "${tag}"`);
  return row;
}

/** The violations that axe reports, one per line. */
async function violations(disabledRule?: string): Promise<string[]> {
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
const cardViolations = () => violations('heading-order');

describe('the card', () => {
  it('shows image, digest, source, age, scan state and drift of a clean image, without axe violations', async () => {
    renderEntity(exampleEntities.fine, card);
    const list = within(await screen.findByRole('list', { name: 'Container images of this entity' }));
    expect(list.getByText('web')).toBeVisible();
    expect(list.getByTitle(exampleDigest('c1ea'))).toHaveTextContent('sha256:c1ea01234567');
    expect(list.getByText(exampleDigest('c1ea'))).toBeInTheDocument();
    expect(list.getByText(/Source: DescribeImage/)).toHaveTextContent('Observed: 3 minutes ago');
    expect(list.getByText('Digests match')).toBeVisible();
    expect(list.getByText('No risks found')).toBeVisible();
    expect(list.getByText('0 vulnerabilities · 0 alerts · 0 baseline risks')).toBeVisible();
    const link = list.getByRole('link', { name: /Open .*checkout:1.4.2 in the console/ });
    expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(await cardViolations()).toEqual([]);
  });

  it('copies the digest and the image with its digest, and announces each copy', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.fine, card);
    await user.click(await screen.findByRole('button', { name: /Copy digest of/ }));
    expect(await navigator.clipboard.readText()).toBe(exampleDigest('c1ea'));
    expect(await screen.findByText(`Copied ${exampleDigest('c1ea')}`)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /with digest/ }));
    expect(await navigator.clipboard.readText()).toBe(exampleImages.clean.pinned);
    expect(await screen.findByText(`Copied ${exampleImages.clean.pinned}`)).toBeInTheDocument();
  });

  it('lists the differing digests, and marks a tag that moved back', async () => {
    renderEntity(exampleEntities.drifting, card);
    expect(await screen.findByText('Drift')).toBeVisible();
    expect(
      screen.getByText('Different digests: Declared ≠ Scanned, Declared ≠ Live, Scanned ≠ Live'),
    ).toBeVisible();
    const digests = within(screen.getByLabelText('Compared digests'));
    for (const beginning of ['dec1', '5ca2', '11fe'])
      expect(digests.getByTitle(exampleDigest(beginning))).toBeVisible();
    expect(screen.getByText('Moved back')).toBeVisible();
    expect(screen.getByText('Scan outdated')).toBeVisible();
    expect(await cardViolations()).toEqual([]);
  });

  it('distinguishes unscanned, scanning and failed images, and shows none of them as clean', async () => {
    renderEntity(exampleEntities.unscanned, card);
    const list = await screen.findByRole('list', { name: 'Container images of this entity' });
    const items = within(list).getAllByRole('listitem');
    expect(
      items.map((item) => within(item).getByText(/^(Not scanned|Scanning|Scan failed)$/).textContent),
    ).toEqual(['Not scanned', 'Scanning', 'Scan failed']);
    expect(screen.queryByText('No risks found')).not.toBeInTheDocument();
  });

  it('shows failures with request id, remedy and RAM policy, and the earlier observation', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.failing, card);
    expect(await screen.findByText('RAM permission missing')).toBeVisible();
    expect(screen.getByText(/0C1E4A8E-8F67-5D0B-A1F4-2B9D5C7E6F31/)).toBeVisible();
    expect(screen.getByText(/Attach the policy below/)).toBeVisible();
    await user.click(screen.getByText('Required RAM policy'));
    await user.click(screen.getByRole('button', { name: 'Copy RAM policy' }));
    expect(JSON.parse(await navigator.clipboard.readText())).toEqual(exampleImages.failing.failure?.policy);
    expect(screen.getByText('Rate limited')).toBeVisible();
    expect(screen.getByText(/Retry after 30 s/)).toBeVisible();
    expect(screen.getByText(/Source: DescribeImageInstances/)).toHaveTextContent('Observed: 2 days ago');
    expect(screen.getByText(/line 3, column 1/)).toBeVisible();
    expect(await cardViolations()).toEqual([]);
  });

  it('shows the annotation to add for an entity without images', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.undeclared, unfilteredCard as typeof card);
    await user.click(await screen.findByRole('button', { name: 'Copy annotation' }));
    expect(await navigator.clipboard.readText()).toContain('alibabacloud.com/container-images: |');
    expect(await cardViolations()).toEqual([]);
  });

  it('shows one sentence and sends no request without the permission', async () => {
    const api = new ExampleDescribeImageApi();
    api.getEntityImages = () => Promise.reject(new Error('unexpected request'));
    const denied = mockApis.permission({ authorize: AuthorizeResult.DENY });
    renderEntity(exampleEntities.fine, card, api, [], denied);
    expect(await screen.findByText('You do not have permission to view container images.')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('shows the same sentence after a 403 from the back end', async () => {
    const api = new ExampleDescribeImageApi();
    const body = { error: { name: 'NotAllowedError', message: 'no' }, response: { statusCode: 403 } };
    const response = new Response(JSON.stringify(body), {
      status: 403,
      headers: { 'content-type': 'application/json' },
    });
    api.getEntityImages = async () => {
      throw await ResponseError.fromResponse(response);
    };
    renderEntity(exampleEntities.fine, card, api);
    expect(await screen.findByText('You do not have permission to view container images.')).toBeVisible();
  });

  it('retries a failed request to the back end', async () => {
    const user = userEvent.setup();
    const api = new ExampleDescribeImageApi();
    const getEntityImages = api.getEntityImages.bind(api);
    api.getEntityImages = () => Promise.reject(new Error('the back end is down'));
    renderEntity(exampleEntities.fine, card, api);
    expect(await screen.findByText('the back end is down')).toBeVisible();
    api.getEntityImages = getEntityImages;
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('No risks found')).toBeVisible();
  });

  it('refreshes all images, and announces it', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.fine, card);
    await user.click(await screen.findByRole('button', { name: 'Refresh all' }));
    expect(await screen.findByText('All images refreshed')).toBeInTheDocument();
    expect(await screen.findByText(/Source: DescribeImage/)).toHaveTextContent('Observed: now');
  });

  it('shows that it is loading until the first response', async () => {
    const api = new ExampleDescribeImageApi();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const getEntityImages = api.getEntityImages.bind(api);
    api.getEntityImages = (entityRef) => held.then(() => getEntityImages(entityRef));
    renderEntity(exampleEntities.fine, card, api);
    // The test app may render the card again, so an element that was found once may be detached.
    await waitFor(() => expect(screen.getByText('Loading container images')).toBeInTheDocument());
    release();
    expect(await screen.findByText(/Source: DescribeImage/)).toBeInTheDocument();
    expect(screen.queryByText('Loading container images')).not.toBeInTheDocument();
  });

  it('shows the new digest after a signal about a moved tag', async () => {
    let send: (message: object) => void = () => {};
    const signals = {
      subscribe: (_channel: string, onMessage: typeof send) => {
        send = onMessage;
        return { unsubscribe: () => {} };
      },
    };
    const api = renderEntity(exampleEntities.fine, card, new ExampleDescribeImageApi(), [
      [signalApiRef, signals],
    ]);
    await screen.findByTitle(exampleDigest('c1ea'));
    const { clean } = exampleImages;
    const to = exampleDigest('ed1e');
    api.images.set(clean.key, {
      ...clean,
      declared: to,
      scanned: undefined,
      live: { digest: to, source: 'DescribeImage', observedAt: minutesAgo(0) },
    });
    send({ type: 'moved', image: clean.id });
    expect(await screen.findByTitle(to)).toBeVisible();
  });
});

// These tests wait for a text and then query the role once: `findByRole` would compute the names of all elements after every change.
describe('the tab', () => {
  it('shows the history as a named timeline and as a table, without axe violations', async () => {
    // All rows have the same structure, so two are enough for axe.
    renderEntity(exampleEntities.drifting, content, new ExampleDescribeImageApi({ tagCount: 2 }));
    await screen.findByText('Moved back');
    expect(screen.getByRole('img', { name: /Digests of .*cart:stable from/ })).toBeVisible();
    const [periods] = screen.getAllByRole('grid');
    expect(within(periods as HTMLElement).getAllByRole('row')).toHaveLength(7);
    await screen.findByRole('rowheader', { name: '1.0.1' });
    expect(await violations()).toEqual([]);
  });

  it('searches, sorts and pages the tags of the repository', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.fine, content);
    expect(await screen.findByText(/57 of 57 tags/)).toBeVisible();
    expect(screen.getByText('1 to 20 of 57')).toBeVisible();
    expect(screen.getByRole('rowheader', { name: '1.5.6' })).toBeVisible();
    // The tags 1.5.4 and 1.5.5 have the same digest.
    expect(within(rowOf('1.5.5')).getByText('1.5.4')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /next/i }));
    expect(await screen.findByText('21 to 40 of 57')).toBeVisible();
    await user.click(screen.getByRole('columnheader', { name: /Tag/ }));
    await screen.findAllByText('1.0.0');
    expect(screen.getByRole('rowheader', { name: '1.0.0' })).toBeVisible();
    await user.click(screen.getByRole('searchbox'));
    await user.paste('1.4.');
    expect(await screen.findByText(/10 of 57 tags/)).toBeVisible();
    await waitFor(() => expect(screen.queryAllByText('1.0.0')).toEqual([]));
    expect(screen.getByRole('rowheader', { name: '1.4.1' })).toBeVisible();
  });
});

describe('the page', () => {
  it('lists failures first, counts states, and filters by owner and text, without axe violations', async () => {
    const user = userEvent.setup();
    renderTestApp({
      ...routes,
      extensions: [page],
      initialRouteEntries: ['/container-images'],
      apis: [[describeImageApiRef, new ExampleDescribeImageApi()], mockApis.permission()] as never,
    });
    expect(await screen.findByText('7 of 7 images')).toBeVisible();
    const rows = screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
    expect(rows.slice(0, 3)).toEqual(['cart', 'exporter', 'exporter']);
    expect(
      within(screen.getByRole('list', { name: 'Images by state' })).getAllByRole('listitem')[1],
    ).toHaveTextContent('2Read failed');
    expect(await violations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: /Owner/ }));
    await user.click(await screen.findByRole('option', { name: 'team-search' }));
    expect(await screen.findByText('2 of 7 images')).toBeVisible();
    await user.click(screen.getByRole('searchbox'));
    await user.paste('api');
    expect(await screen.findByText('1 of 7 images')).toBeVisible();
  });
});
