// Starts only this back end, with an emulator of the service and example entities. Requests need no sign-in:
// curl http://127.0.0.1:7007/api/describe-image/overview
import { createBackend } from '@backstage/backend-defaults';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createEmulator, demoCredentials } from '@describe-image/emulator';
import { describeImagePlugin } from '../src/plugin.ts';
import { examples } from './examples.ts';

async function start(): Promise<void> {
  const emulator = await createEmulator();
  const { url } = emulator;
  const instance = (name: string) => ({
    name,
    accessKeyId: `demo-${name}-key-id`,
    accessKeySecret: `demo-${name}-key-secret`,
    endpoint: url,
  });
  const data = {
    app: { baseUrl: 'http://127.0.0.1:3000' },
    backend: {
      baseUrl: 'http://127.0.0.1:7007',
      listen: { host: '127.0.0.1', port: 7007 },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      actions: { pluginSources: ['describe-image'] },
    },
    describeImage: {
      instances: [
        { name: 'acme', ...demoCredentials, endpoint: url },
        instance('list-only'),
        instance('denied'),
        instance('disabled'),
        { ...instance('unreachable'), endpoint: 'http://127.0.0.1:9' },
      ],
    },
  };
  const backend = createBackend();
  const config = new ConfigReader(data, 'dev');
  backend.add(createServiceFactory({ service: coreServices.rootConfig, deps: {}, factory: () => config }));
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(catalogServiceMock.factory({ entities: examples }));
  backend.add(describeImagePlugin);
  await backend.start();
  console.log(`emulator: ${url}`);
}

void start();
