import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ExampleDescribeImageApi } from '../dev/example-describe-image-api.ts';
import { exampleEntities } from '../dev/example-entities.ts';
import { exampleDigest, exampleImages, minutesAgo } from '../dev/example-images.ts';
import { card, cardViolations, renderEntity } from './render.tsx';

const imageList = async () =>
  within(await screen.findByRole('list', { name: 'Container images of this entity' }));
const openDetails = async (name: RegExp) =>
  userEvent.setup().click(await screen.findByRole('button', { name }));

describe('the card', () => {
  it('shows name, tag, state and digest of an image on one line, without axe violations', async () => {
    renderEntity(exampleEntities.fine, card);
    const list = await imageList();
    expect(list.getByText('web')).toBeVisible();
    expect(list.getByText('1.4.2')).toHaveStyle({ whiteSpace: 'nowrap' });
    expect(list.getByText('No risks found')).toBeVisible();
    expect(list.getByTitle(exampleDigest('c1ea'))).toHaveTextContent('sha256:c1ea01234567');
    expect(list.queryByText(/ 0 |^0 /)).not.toBeInTheDocument();
    expect(list.queryByText('Declared')).not.toBeInTheDocument();
    expect(await cardViolations()).toEqual([]);
  });

  it('copies the digest, the pinned reference and a docker pull command, and announces each copy', async () => {
    const user = userEvent.setup();
    renderEntity(exampleEntities.fine, card);
    await user.click(await screen.findByRole('button', { name: /^Copy digest of/ }));
    expect(await navigator.clipboard.readText()).toBe(exampleDigest('c1ea'));
    expect(await screen.findByText(`Copied ${exampleDigest('c1ea')}`)).toBeInTheDocument();
    for (const [item, text] of [
      ['Copy digest', exampleDigest('c1ea')],
      ['Copy pinned reference', exampleImages.clean.pinned],
      ['Copy docker pull command', `docker pull ${exampleImages.clean.pinned}`],
    ] as const) {
      await user.click(screen.getByRole('button', { name: /^More copy options of/ }));
      await user.click(await screen.findByRole('menuitem', { name: item }));
      await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(text));
    }
  });

  it('shows all digests, their times and links on demand', async () => {
    renderEntity(exampleEntities.fine, card);
    await openDetails(/^Details of .*checkout:1.4.2/);
    const digests = within(screen.getByLabelText('Compared digests'));
    expect(digests.getAllByTitle(exampleDigest('c1ea'))).toHaveLength(3);
    expect(digests.getByText('3 minutes ago')).toBeVisible();
    expect(screen.getByRole('link', { name: /^Open history and tags of/ })).toHaveAttribute(
      'href',
      `/catalog/default/component/checkout/images?${new URLSearchParams({ image: exampleImages.clean.key })}`,
    );
    const console = screen.getByRole('link', { name: /^Open in console: .*checkout:1.4.2/ });
    expect(console).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(await cardViolations()).toEqual([]);
  });

  it('sorts images by state, worst first, and shows only clean images in green', async () => {
    renderEntity(exampleEntities.unscanned, card);
    const items = (await imageList()).getAllByRole('listitem');
    expect(
      items.map((item) =>
        within(item)
          .getByText(/^ ?(Not scanned|Scanning|Scan failed)$/)
          .textContent?.trim(),
      ),
    ).toEqual(['Scan failed', 'Not scanned', 'Scanning']);
    expect(screen.queryByText('No risks found')).not.toBeInTheDocument();
  });

  it('counts the states above five images, and shows the rest on demand', async () => {
    renderEntity(exampleEntities.every, card);
    const list = await imageList();
    expect(list.getAllByRole('listitem')).toHaveLength(5);
    const total = Object.keys(exampleImages).length;
    const summary = within(screen.getByRole('list', { name: `${total} images by state` }));
    const counts = summary
      .getAllByRole('listitem')
      .map(({ textContent }) => Number.parseInt(textContent ?? '', 10));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
    await userEvent.setup().click(screen.getByRole('button', { name: `Show all ${total} images` }));
    expect(list.getAllByRole('listitem')).toHaveLength(total);
    expect(await cardViolations()).toEqual([]);
  });

  it('lists the differing digests of drift and the line that accepts the live digest', async () => {
    renderEntity(exampleEntities.drifting, card);
    await openDetails(/^Details of .*cart:stable/);
    expect(
      screen.getByText('Different digests: Declared ≠ Scanned, Declared ≠ Live, Scanned ≠ Live'),
    ).toBeVisible();
    const { key } = exampleImages.drifting;
    expect(screen.getByText(`cart = ${key}@${exampleDigest('11fe')}`)).toBeVisible();
    expect(screen.getByText('Moved back')).toBeVisible();
    expect(screen.getByText('2 vulnerabilities')).toBeVisible();
  });

  it.each([
    ['runningOld', 'Roll out the workload again: it runs another digest.'],
    ['risky', 'Open the image in the console to review the risks.'],
    ['scanFailed', 'Start the scan again in the console.'],
    ['outdated', 'Start a scan of the current image in the console.'],
    ['unscanned', 'Start a scan in the console.'],
    ['scanning', 'Wait until the scan has finished.'],
    ['unverified', 'Refresh to check the live digest.'],
    ['missing', 'Check the tag, and synchronize the images in the console.'],
    ['clean', 'No action required.'],
  ] as const)('shows the next step of the example "%s"', async (name, step) => {
    renderEntity(exampleEntities.every, card);
    await userEvent.setup().click(await screen.findByRole('button', { name: /^Show all/ }));
    await openDetails(new RegExp(`^Details of ${exampleImages[name].key}$`));
    expect(screen.getByText(step)).toBeVisible();
  });

  it('shows which digests run, in how many containers and where', async () => {
    renderEntity(exampleEntities.every, card);
    await openDetails(/^Details of .*gateway:2.0/);
    expect(screen.getByText('Different digests: Declared ≠ Running, Live ≠ Running')).toBeVisible();
    expect(screen.getByText('2 containers', { exact: false })).toBeVisible();
    await userEvent.setup().click(screen.getByText('Running containers'));
    expect(screen.getByText('production / search / gateway-7d9f / gateway')).toBeVisible();
    expect(await cardViolations()).toEqual([]);
  });

  it('shows the annotation to add for an entity without images', async () => {
    const user = userEvent.setup();
    const unfiltered = card.override({ params: { filter: () => true } });
    renderEntity(exampleEntities.undeclared, unfiltered as typeof card);
    await user.click(await screen.findByRole('button', { name: 'Copy annotation' }));
    expect(await navigator.clipboard.readText()).toContain('alibabacloud.com/container-images: |');
    expect(await cardViolations()).toEqual([]);
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
