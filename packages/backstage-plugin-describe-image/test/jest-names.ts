import { vi } from 'vitest';

// Backstage's test doubles call `jest.fn`.
Object.assign(globalThis, { jest: vi });
