import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleImages } from '../dev/example-images.ts';
import { renderPage, violations } from './render.tsx';

const tiles = () => within(screen.getByRole('list', { name: 'Images by state' })).getAllByRole('button');
const countOf = (tile: HTMLElement) => Number.parseInt(tile.textContent ?? '', 10);
const states = () =>
  screen
    .getAllByRole('rowheader')
    .map((header) => header.closest('[role=row]')?.querySelector('[role=gridcell]')?.textContent?.trim());

describe('the page', () => {
  it('lists the worst images first, without axe violations', async () => {
    renderPage();
    await screen.findByText('21 of 21 images');
    expect(states().slice(0, 4)).toEqual(['Drift', 'Drift', 'Drift', 'Risks found']);
    expect(states().at(-1)).toBe('No risks found');
    expect(screen.getAllByRole('link', { name: 'Team Shop' })).not.toHaveLength(0);
    const { key } = exampleImages.drifting;
    expect(screen.getAllByRole('link', { name: 'cart' })[0]).toHaveAttribute(
      'href',
      `/catalog/default/component/cart/images?${new URLSearchParams({ image: key })}`,
    );
    expect(await violations()).toEqual([]);
  });

  it('counts each image once, and filters by a pressed tile', async () => {
    const user = userEvent.setup();
    renderPage();
    await screen.findByText('21 of 21 images');
    const [all, ...others] = tiles();
    expect(countOf(all as HTMLElement)).toBe(21);
    expect(others.reduce((sum, tile) => sum + countOf(tile), 0)).toBe(21);
    const failed = others.find(({ textContent }) => textContent?.includes('Read failed')) as HTMLElement;
    await user.click(failed);
    expect(await screen.findByText(`${countOf(failed)} of 21 images`)).toBeVisible();
    expect(new Set(states())).toEqual(new Set(['Read failed']));
    expect(tiles()[0]).toHaveTextContent('21');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('21 of 21 images')).toBeVisible();
  });

  it('opens the filters of a link', async () => {
    renderPage('/container-images?state=scanning&owner=group%3Adefault%2Fteam-search&search=api&page=0');
    expect(await screen.findByText('1 of 21 images')).toBeVisible();
    expect(screen.getByRole('searchbox')).toHaveValue('api');
    expect(screen.getByRole('button', { name: /Team Search/ })).toBeVisible();
    expect(screen.getByRole('button', { name: /Scanning/ })).toHaveAttribute('aria-pressed', 'true');
  });

  it('filters by owner and text, and requests the text once when typing stops', async () => {
    const user = userEvent.setup();
    const searches: (string | undefined)[] = [];
    const api = new ExampleDescribeImageApi();
    const getOverview = api.getOverview.bind(api);
    api.getOverview = (query) => {
      searches.push(query.search);
      return getOverview(query);
    };
    renderPage('/container-images', api);
    await screen.findByText('21 of 21 images');
    await user.click(screen.getByRole('button', { name: /Owner/ }));
    await user.click(await screen.findByRole('option', { name: 'Team Search' }));
    expect(await screen.findByText('3 of 21 images')).toBeVisible();
    await user.type(screen.getByRole('searchbox'), 'api');
    expect(await screen.findByText('1 of 21 images')).toBeVisible();
    expect(searches.filter((search) => search !== '')).toEqual(['api']);
  });

  it('names the entity of each invalid item, and applies the filters to them', async () => {
    const user = userEvent.setup();
    const warn = vi.spyOn(console, 'error');
    renderPage();
    await user.click(await screen.findByText('Show items'));
    const items = screen.getByText('Show items').closest('details') as HTMLElement;
    expect(within(items).getByRole('link', { name: 'exporter' })).toBeVisible();
    expect(warn.mock.calls.flat().join(' ')).not.toContain('same key');
    warn.mockRestore();
    await user.type(screen.getByRole('searchbox'), 'checkout');
    await waitFor(() => expect(screen.queryByText('Show items')).not.toBeInTheDocument());
  });

  it('exports the matching images as CSV', async () => {
    const user = userEvent.setup();
    const saved: Blob[] = [];
    // jsdom has no object URLs.
    Object.assign(URL, {
      createObjectURL: (content: Blob) => {
        saved.push(content);
        return 'blob:images';
      },
      revokeObjectURL: () => {},
    });
    renderPage('/container-images?state=drift');
    await user.click(await screen.findByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const text = new FileReader();
    text.readAsText(saved[0] as Blob);
    await waitFor(() => expect(String(text.result).split('\r\n')).toHaveLength(4));
  });
});
