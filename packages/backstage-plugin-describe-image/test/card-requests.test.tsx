import { ResponseError } from '@backstage/errors';
import { mockApis } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleEntities } from '../dev/example-entities.ts';
import { exampleDigest, exampleImages } from '../dev/example-images.ts';
import { card, cardViolations, renderEntity, response } from './render.tsx';

const failing = (failed: Response) => async () => {
  throw await ResponseError.fromResponse(failed);
};

describe('the card after a failed request', () => {
  it('shows failures with remedy, RAM policy and request id, and the earlier observation', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.failing, card);
    await user.click(await screen.findByRole('button', { name: /^Details of .*exporter:latest/ }));
    expect(screen.getByText('RAM permission missing')).toBeVisible();
    expect(screen.getByText('Attach this policy to the RAM user of the back end.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Copy RAM policy' }));
    expect(JSON.parse(await navigator.clipboard.readText())).toEqual(exampleImages.failing.failure?.policy);
    await user.click(screen.getByText('Details'));
    expect(screen.getByText(/0C1E4A8E-8F67-5D0B-A1F4-2B9D5C7E6F31/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: /^Details of .*importer:latest/ }));
    expect(screen.getByText('Rate limited')).toBeVisible();
    expect(screen.getByText('2 days ago')).toBeVisible();
    expect(screen.getByText(/line 3, column 1/)).toBeVisible();
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
    api.getEntityImages = failing(response(403, body));
    renderEntity(exampleEntities.fine, card, api);
    expect(await screen.findByText('You do not have permission to view container images.')).toBeVisible();
  });

  it('shows the status of an HTML response, and never its text', async () => {
    const api = new ExampleDescribeImageApi();
    api.getEntityImages = failing(response(502, '<html><h1>nginx</h1></html>', 'Bad Gateway'));
    renderEntity(exampleEntities.fine, card, api);
    expect(await screen.findByText(/responded with status 502 Bad Gateway/)).toBeVisible();
    expect(document.body.textContent).not.toContain('nginx');
  });

  it('retries a failed request to the back end', async () => {
    const user = userEvent.setup();
    const api = new ExampleDescribeImageApi();
    const getEntityImages = api.getEntityImages.bind(api);
    api.getEntityImages = () => Promise.reject(new Error('the back end is down'));
    renderEntity(exampleEntities.fine, card, api);
    expect(await screen.findByText(/the back end is down/)).toBeVisible();
    api.getEntityImages = getEntityImages;
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('No risks found')).toBeVisible();
  });

  it('shows a failed refresh above the images of the last response with their age', async () => {
    const user = userEvent.setup();
    const api = new ExampleDescribeImageApi();
    const refresh = api.refreshEntityImages.bind(api);
    api.refreshEntityImages = failing(response(502, '<html>', 'Bad Gateway'));
    renderEntity(exampleEntities.fine, card, api);
    await user.click(await screen.findByRole('button', { name: 'Refresh all' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(/Refresh failed.*status 502 Bad Gateway.*was loaded now/);
    expect(screen.getByTitle(exampleDigest('c1ea'))).toBeVisible();
    expect(await cardViolations()).toEqual([]);
    api.refreshEntityImages = refresh;
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
  });

  it('names the images that could not be refreshed', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.failing, card);
    await user.click(await screen.findByRole('button', { name: 'Refresh all' }));
    const [title] = await screen.findAllByText('2 of 2 images could not be refreshed');
    expect(title).toBeVisible();
    expect(
      screen.getByText(`${exampleImages.failing.key}, ${exampleImages.failingButKnown.key}`),
    ).toBeVisible();
    expect(await cardViolations()).toEqual([]);
  });

  it('announces a refresh of all images', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.fine, card);
    await user.click(await screen.findByRole('button', { name: 'Refresh all' }));
    expect(await screen.findByText('All images refreshed')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /^Details of/ }));
    expect(screen.getByText('now')).toBeVisible();
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
    expect(await screen.findByText('No risks found')).toBeInTheDocument();
    expect(screen.queryByText('Loading container images')).not.toBeInTheDocument();
  });
});
