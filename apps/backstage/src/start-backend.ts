import { join } from 'node:path';
import { type Service, startService } from '@describe-image/services';
import { APP, ARTIFACTS } from './folders.ts';
import { demoKeys } from './world/demo-seed.ts';

export interface BackendOptions {
  /** Name of the log file. */
  readonly name: string;
  readonly port: number;
  /** URL for browsers. @default `http://127.0.0.1` with the port */
  readonly url?: string;
  /** URL of Security Center. */
  readonly endpoint: string;
  /** Package of the front end to serve. @default the one in the new frontend system */
  readonly app?: '@describe-image/backstage-app' | '@describe-image/backstage-legacy-app' | 'app';
  /** Folder that contains the folder `backend`. @default `apps/backstage` */
  readonly folder?: string;
  /** Configuration file. @default `app-config.yaml` of `apps/backstage` */
  readonly config?: string;
  /** Further configuration files, which override the first one. @default none */
  readonly configs?: readonly string[];
  /** Environment variables for those files. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Backend extends Service {
  readonly url: string;
  /** URL of this back end itself. Differs from `url` behind a shared port. */
  readonly address: string;
}

/**
 * Starts a back end from source and waits until all its plugins are ready.
 *
 * @throws Error with the end of its log, if the process exits first.
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
      NODE_ENV: 'development', // the guest provider requires it
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
