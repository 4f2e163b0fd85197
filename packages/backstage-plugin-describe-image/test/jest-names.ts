import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/react';
import { vi } from 'vitest';

// Backstage's test doubles call `jest.fn`.
Object.assign(globalThis, { jest: vi });

// A loaded machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });
