import { ResponseError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleEntities } from '../dev/example-entities.ts';
import { exampleImages } from '../dev/example-images.ts';
import { content, renderEntity, response, violations } from './render.tsx';

function rowOf(tag: string): HTMLElement {
  const row = screen.getByRole('rowheader', { name: tag }).closest('[role=row]');
  if (!(row instanceof HTMLElement)) throw new Error(`no row of the tag "${tag}"`);
  return row;
}

// These tests wait for a text and then query the role once: `findByRole` would compute the names of all elements after every change.
describe('the tab', () => {
  it('shows the history as a named timeline and as a table, without axe violations', async () => {
    // All rows have the same structure, so two are enough for axe.
    renderEntity(exampleEntities.drifting, content, new ExampleDescribeImageApi({ tagCount: 2 }));
    await screen.findAllByText('Moved back');
    expect(screen.getByRole('img', { name: /Digests of .*cart:stable from/ })).toBeVisible();
    const [periods] = screen.getAllByRole('grid');
    expect(within(periods as HTMLElement).getAllByRole('row')).toHaveLength(7);
    await screen.findByRole('rowheader', { name: '1.0.1' });
    expect(await violations()).toEqual([]);
  });

  it('uses the names of the lanes for the sources of the table', async () => {
    renderEntity(exampleEntities.drifting, content, new ExampleDescribeImageApi({ tagCount: 2 }));
    await screen.findAllByText('Moved back');
    const lanes = within(screen.getByRole('img', { name: /^Digests of/ }));
    const [periods] = screen.getAllByRole('grid');
    for (const name of ['Live', 'Scanned']) {
      expect(lanes.getByText(name)).toBeInTheDocument();
      expect(within(periods as HTMLElement).getAllByText(name)).not.toHaveLength(0);
    }
    expect(screen.queryByText('DescribeImageInstances')).not.toBeInTheDocument();
  });

  it('shows the policy of a failure of Alibaba Cloud instead of tags', async () => {
    const api = new ExampleDescribeImageApi();
    const { failure } = exampleImages.failing;
    const error = { name: 'ServiceFailure', message: failure?.message, failure };
    api.getRepositoryTags = async () => {
      throw await ResponseError.fromResponse(response(502, { error, response: { statusCode: 502 } }));
    };
    renderEntity(exampleEntities.fine, content, api);
    expect(await screen.findByText('RAM permission missing')).toBeVisible();
    expect(screen.getByRole('group', { name: 'Required RAM policy' })).toHaveTextContent(
      'yundun-sas:DescribeImage',
    );
    expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
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
