import { join } from 'node:path';
import { type Service, startService } from '@describe-image/services';
import { APP, ARTIFACTS } from './folders.ts';
import { demoKeys } from './world/demo-keys.ts';

export interface BackendOptions {
  /** What its log is called. */
  readonly name: string;
  readonly port: number;
  /** Where browsers reach it. @default its own port */
  readonly url?: string;
  /** Where Security Center answers. */
  readonly endpoint: string;
  /** Which front end it serves. @default the one in the new frontend system */
  readonly app?: '@describe-image/backstage-app' | '@describe-image/backstage-legacy-app' | 'app';
  /** Where the folder `backend` is. @default this app */
  readonly folder?: string;
  /** @default `app-config.yaml` of this app */
  readonly config?: string;
  /** Files on top of `app-config.yaml`. @default none */
  readonly configs?: readonly string[];
  /** What those files ask the environment for. @default nothing */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Backend extends Service {
  readonly url: string;
  /** Where it answers itself, whatever stands in front of it. */
  readonly address: string;
}

/**
 * Starts a back end from its sources, without any build of it, and waits until all its plugins are ready.
 *
 * @throws Error with the end of its log, when it ends instead.
 */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const { name, port, endpoint, app = '@describe-image/backstage-app', configs = [], env = {} } = options;
  const { url = `http://127.0.0.1:${port}` } = options;
  const { folder = APP, config = join(APP, 'app-config.yaml') } = options;
  const files = [config, ...configs.map((file) => join(APP, file))].flatMap((file) => ['--config', file]);
  const service = await startService({
    name,
    logs: ARTIFACTS,
    command: [
      process.execPath,
      '--conditions=source',
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      'src/index.ts',
      ...files,
    ],
    ready: 'Plugin initialization complete',
    cwd: join(folder, 'backend'),
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'development', // guests are let in nowhere else
      NO_COLOR: '1',
      BACKSTAGE_URL: url,
      BACKSTAGE_PORT: String(port),
      BACKSTAGE_APP: app,
      DESCRIBE_IMAGE_ENDPOINT: endpoint,
      DESCRIBE_IMAGE_KEY_ID: demoKeys.main.accessKeyId,
      DESCRIBE_IMAGE_KEY_SECRET: demoKeys.main.accessKeySecret,
      DESCRIBE_IMAGE_RECOVERY_KEY_ID: demoKeys.recovery.accessKeyId,
      DESCRIBE_IMAGE_RECOVERY_KEY_SECRET: demoKeys.recovery.accessKeySecret,
      ...env,
    },
  });
  return { ...service, url, address: `http://127.0.0.1:${port}` };
}
