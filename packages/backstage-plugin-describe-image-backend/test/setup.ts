import { vi } from 'vitest';

// Backstage's test doubles call `jest.fn`.
Object.assign(globalThis, { jest: vi });

// Removes the random backoff between retries. The client reads Math.random when it is imported.
Math.random = () => 0;
