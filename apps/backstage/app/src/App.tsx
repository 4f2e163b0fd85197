import { createApp } from '@backstage/frontend-defaults';

export const app = createApp();
