import { ResponseError } from '@backstage/errors';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { mutate } from 'swr';
import { afterEach, describe, expect, it } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleEntities } from '../dev/example-entities.ts';
import { exampleDigest, exampleImages, minutesAgo } from '../dev/example-images.ts';
import describeImagePlugin, { describeImageApiRef } from '../src/index.ts';

// What one test was told must not answer the next; a question of the last test must not stand for the next one's either, which only
// a key that nothing shows forgets.
afterEach(() => {
  cleanup();
  return mutate(() => true, undefined);
});

const card = describeImagePlugin.getExtension('entity-card:describe-image/images');
const shownAlways = card.override({ params: { filter: () => true } });
const content = describeImagePlugin.getExtension('entity-content:describe-image/images');
const page = describeImagePlugin.getExtension('page:describe-image');

function rowOf(tag: string): HTMLElement {
  const row = screen.getByRole('rowheader', { name: tag }).closest('[role=row]');
  if (!(row instanceof HTMLElement)) throw new Error(`the tag ${tag} stands in no row`);
  return row;
}

type Entity = (typeof exampleEntities)[keyof typeof exampleEntities];
const routes = { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } };

function show(
  entity: Entity,
  extension: typeof card | typeof content,
  api = new ExampleDescribeImageApi(),
  more: unknown[] = [],
  permission: unknown = mockApis.permission(),
) {
  renderTestApp({
    ...routes,
    extensions: [createTestEntityPage({ entity }), extension],
    apis: [[describeImageApiRef, api], permission, ...more] as never,
  });
  return api;
}

async function violations(ruleOfFrame?: string) {
  // The frame of a card has the catalog's heading, whatever stands above it.
  // jsdom draws nothing, so that contrast cannot be measured, and the page around is the test's.
  const rules = {
    'color-contrast': { enabled: false },
    region: { enabled: false },
    ...(ruleOfFrame && { [ruleOfFrame]: { enabled: false } }),
  };
  const found = await axe.run(
    // What react-aria said aloud stays there for seconds, about elements of tests gone by.
    { include: [document.body], exclude: [['[data-live-announcer]']] },
    { rules },
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}

describe('the card', () => {
  it('names image, digest, source, age, scan and drift of an image that is fine, and axe finds nothing', async () => {
    show(exampleEntities.fine, card);
    const item = within(await screen.findByRole('list', { name: 'Container images of this entity' }));
    expect(item.getByText('web')).toBeVisible();
    expect(item.getByTitle(exampleDigest('c1ea'))).toHaveTextContent('sha256:c1ea01234567');
    expect(item.getByText(exampleDigest('c1ea'))).toBeInTheDocument();
    expect(item.getByText(/said by DescribeImage/)).toHaveTextContent('observed 3 minutes ago');
    expect(item.getByText('Digests agree')).toBeVisible();
    expect(item.getByText('No risks found')).toBeVisible();
    expect(item.getByText('0 vulnerabilities · 0 alerts · 0 baseline risks')).toBeVisible();
    const link = item.getByRole('link', { name: /Open .*checkout:1.4.2 in the console/ });
    expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(await violations('heading-order')).toEqual([]);
  });

  it('copies the digest, and the image with its digest, with one press each, and says so', async () => {
    const user = userEvent.setup();
    show(exampleEntities.fine, card);
    await user.click(await screen.findByRole('button', { name: /Copy the digest of/ }));
    expect(await navigator.clipboard.readText()).toBe(exampleDigest('c1ea'));
    expect(await screen.findByText(`Copied ${exampleDigest('c1ea')}`)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /with its digest/ }));
    expect(await navigator.clipboard.readText()).toBe(exampleImages.clean.pinned);
  });

  it('says which of declared, scanned and live differ, with each digest, and that the tag moved back', async () => {
    show(exampleEntities.drifting, card);
    expect(await screen.findByText('Drift')).toBeVisible();
    expect(screen.getByText('differs: declared ≠ scanned, declared ≠ live, scanned ≠ live')).toBeVisible();
    const digests = within(screen.getByLabelText('Digests side by side'));
    for (const beginning of ['dec1', '5ca2', '11fe'])
      expect(digests.getByTitle(exampleDigest(beginning))).toBeVisible();
    expect(screen.getByText('moved back')).toBeVisible();
    expect(screen.getByText('Scan outdated')).toBeVisible();
    expect(await violations('heading-order')).toEqual([]);
  });

  it('never takes unknown, scanning, failed and clean for each other', async () => {
    show(exampleEntities.unscanned, card);
    const list = await screen.findByRole('list', { name: 'Container images of this entity' });
    const items = within(list).getAllByRole('listitem');
    expect(
      items.map((item) => within(item).getByText(/^(Not scanned|Scanning|Scan failed)$/).textContent),
    ).toEqual(['Not scanned', 'Scanning', 'Scan failed']);
    expect(screen.queryByText('No risks found')).not.toBeInTheDocument();
  });

  it('tells what failed, with request id, remedy and the RAM policy, beside what was known before', async () => {
    const user = userEvent.setup();
    show(exampleEntities.failing, card);
    expect(await screen.findByText('A RAM permission is missing')).toBeVisible();
    expect(screen.getByText(/0C1E4A8E-8F67-5D0B-A1F4-2B9D5C7E6F31/)).toBeVisible();
    expect(screen.getByText(/Attach the policy below/)).toBeVisible();
    await user.click(screen.getByText('RAM policy that allows it'));
    await user.click(screen.getByRole('button', { name: 'Copy the RAM policy' }));
    expect(JSON.parse(await navigator.clipboard.readText())).toEqual(exampleImages.failing.failure?.policy);
    expect(screen.getByText('Asked too often for now')).toBeVisible();
    expect(screen.getByText(/Wait 30 s/)).toBeVisible();
    expect(screen.getByText(/said by DescribeImageInstances/)).toHaveTextContent('observed 2 days ago');
    expect(screen.getByText(/line 3, column 1/)).toBeVisible();
    expect(await violations('heading-order')).toEqual([]);
  });

  it('shows which annotation to add where an entity declares no image', async () => {
    const user = userEvent.setup();
    show(exampleEntities.undeclared, shownAlways as typeof card);
    await user.click(await screen.findByRole('button', { name: 'Copy the annotation' }));
    expect(await navigator.clipboard.readText()).toContain('alibabacloud.com/container-images: |');
    expect(await violations('heading-order')).toEqual([]);
  });

  it('says one sentence to who lacks the permission, and asks nothing', async () => {
    const api = new ExampleDescribeImageApi();
    api.getEntityImages = () => Promise.reject(new Error('it was asked'));
    const denied = mockApis.permission({ authorize: AuthorizeResult.DENY });
    show(exampleEntities.fine, card, api, [], denied);
    expect(await screen.findByText('You have no permission to see container images here.')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('says the same when the back end refuses', async () => {
    const api = new ExampleDescribeImageApi();
    const body = { error: { name: 'NotAllowedError', message: 'no' }, response: { statusCode: 403 } };
    const response = new Response(JSON.stringify(body), {
      status: 403,
      headers: { 'content-type': 'application/json' },
    });
    api.getEntityImages = async () => {
      throw await ResponseError.fromResponse(response);
    };
    show(exampleEntities.fine, card, api);
    expect(await screen.findByText('You have no permission to see container images here.')).toBeVisible();
  });

  it('offers to try again when the back end gave no answer', async () => {
    const user = userEvent.setup();
    const api = new ExampleDescribeImageApi();
    const answer = api.getEntityImages.bind(api);
    api.getEntityImages = () => Promise.reject(new Error('the back end is down'));
    show(exampleEntities.fine, card, api);
    expect(await screen.findByText('the back end is down')).toBeVisible();
    api.getEntityImages = answer;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No risks found')).toBeVisible();
  });

  it('has everything asked again at a press, and says so', async () => {
    const user = userEvent.setup();
    show(exampleEntities.fine, card);
    await user.click(await screen.findByRole('button', { name: 'Ask again for all images' }));
    expect(await screen.findByText('All images were asked for again')).toBeInTheDocument();
    expect(await screen.findByText(/said by DescribeImage/)).toHaveTextContent('observed now');
  });

  it('says that it is loading until the first answer is there', async () => {
    const api = new ExampleDescribeImageApi();
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const getEntityImages = api.getEntityImages.bind(api);
    api.getEntityImages = (entityRef) => held.then(() => getEntityImages(entityRef));
    show(exampleEntities.fine, card, api);
    // The page around may be drawn again meanwhile.
    await waitFor(() => expect(screen.getByText('Loading container images')).toBeInTheDocument());
    answer();
    expect(await screen.findByText(/said by DescribeImage/)).toBeInTheDocument();
    expect(screen.queryByText('Loading container images')).not.toBeInTheDocument();
  });

  it('shows the new digest when a signal says that one of its tags moved', async () => {
    let tell: (message: object) => void = () => {};
    const signals = {
      subscribe: (_channel: string, onMessage: typeof tell) => {
        tell = onMessage;
        return { unsubscribe: () => {} };
      },
    };
    const api = show(exampleEntities.fine, card, new ExampleDescribeImageApi(), [[signalApiRef, signals]]);
    await screen.findByTitle(exampleDigest('c1ea'));
    const { clean } = exampleImages;
    const to = exampleDigest('ed1e');
    api.images.set(clean.key, {
      ...clean,
      declared: to,
      scanned: undefined,
      live: { digest: to, source: 'DescribeImage', observedAt: minutesAgo(0) },
    });
    tell({ type: 'moved', image: clean.id });
    expect(await screen.findByTitle(to)).toBeVisible();
  });
});

describe('the tab', () => {
  it('draws the history with a name, repeats it as a table, and axe finds nothing', async () => {
    show(exampleEntities.drifting, content);
    expect(await screen.findByRole('img', { name: /What .*cart:stable was, from/ })).toBeVisible();
    const table = within((await screen.findAllByRole('grid'))[0] as HTMLElement);
    expect(table.getAllByRole('row')).toHaveLength(7);
    expect(screen.getByText('moved back')).toBeVisible();
    await screen.findByRole('rowheader', { name: '1.5.6' });
    expect(await violations()).toEqual([]);
  });

  it('finds, sorts and pages the tags of the repository, and counts them', async () => {
    const user = userEvent.setup();
    show(exampleEntities.fine, content);
    expect(await screen.findByText(/57 of 57 tags/)).toBeVisible();
    expect(screen.getByText('1 to 20 of 57')).toBeVisible();
    expect(screen.getByRole('rowheader', { name: '1.5.6' })).toBeVisible();
    // 1.5.5 has the digest of 1.5.4, and says so.
    expect(within(rowOf('1.5.5')).getByText('1.5.4')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /next/i }));
    expect(await screen.findByText('21 to 40 of 57')).toBeVisible();
    await user.click(screen.getByRole('columnheader', { name: /Tag/ }));
    expect(await screen.findByRole('rowheader', { name: '1.0.0' })).toBeVisible();
    await user.type(screen.getByRole('searchbox'), '1.4.');
    expect(await screen.findByText(/10 of 57 tags/)).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('rowheader', { name: '1.0.0' })).not.toBeInTheDocument());
    expect(screen.getByRole('rowheader', { name: '1.4.1' })).toBeVisible();
  });
});

describe('the page', () => {
  it('shows the worst first, counts, and filters by owner and words; axe finds nothing', async () => {
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
    ).toHaveTextContent('2Failed');
    expect(await violations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: /Owner/ }));
    await user.click(await screen.findByRole('option', { name: 'team-search' }));
    expect(await screen.findByText('2 of 7 images')).toBeVisible();
    await user.type(screen.getByRole('searchbox'), 'api');
    expect(await screen.findByText('1 of 7 images')).toBeVisible();
  });
});
