import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage, violations } from './render.tsx';

describe('the page', () => {
  it('lists failures first, counts states, and filters by owner and text, without axe violations', async () => {
    const user = userEvent.setup();
    renderPage();
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
