import type { Contender } from './contender.ts';

export type ContenderName = 'core' | 'limit' | 'undici' | 'fetch' | 'openapi-client' | 'pop-core';

/** Each is imported when it is opened, so that a cold start loads only one of them. */
export const CONTENDERS: Readonly<Record<ContenderName, Contender>> = {
  core: {
    label: '@describe-image/core',
    official: false,
    open: async (port) => (await import('./core.ts')).openCore(port),
  },
  limit: {
    label: 'node:http signed by hand',
    official: false,
    open: async (port) => (await import('./node-http.ts')).openNodeHttp(port),
  },
  undici: {
    label: 'undici signed by hand',
    official: false,
    open: async (port) => (await import('./undici.ts')).openUndici(port),
  },
  fetch: {
    label: 'fetch signed by hand',
    official: false,
    open: async (port) => (await import('./fetch.ts')).openFetch(port),
  },
  'openapi-client': {
    label: '@alicloud/openapi-client',
    official: true,
    open: async (port) => (await import('./openapi-client.ts')).openOpenapiClient(port),
  },
  'pop-core': {
    label: '@alicloud/pop-core',
    official: true,
    open: async (port) => (await import('./pop-core.ts')).openPopCore(port),
  },
};

export const CONTENDER_NAMES: readonly ContenderName[] = Object.keys(CONTENDERS).filter(isContenderName);

export function isContenderName(name: unknown): name is ContenderName {
  return typeof name === 'string' && Object.hasOwn(CONTENDERS, name);
}
