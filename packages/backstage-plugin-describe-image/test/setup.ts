import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { mutate } from 'swr';
import { afterEach, vi } from 'vitest';

// Backstage's test APIs call `jest.fn`.
Object.assign(globalThis, { jest: vi });

// jsdom has no media queries. All match, as on a wide screen.
globalThis.matchMedia ??= (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: media.startsWith('(min-width'),
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
  });

// On a busy machine a render can take seconds.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  // Clears the cache, which outlives a test. Data that is mounted again would otherwise come from the previous test.
  return mutate(() => true, undefined);
});
