import { START } from './machine.ts';
import { type Received, type Reply, type Server, serve } from './serve.ts';
import { session } from './sts-service.ts';

export const ROLES_PATH = '/latest/meta-data/ram/security-credentials/';

/** An ECS metadata service with the role `web-role`. */
export async function metadataService({
  tokens = true,
  tokenless = true,
  before = () => undefined,
}: {
  /** Serves v2. */
  readonly tokens?: boolean;
  /** Serves v1. */
  readonly tokenless?: boolean;
  readonly before?: (request: Received) => Reply | 'cut' | undefined;
} = {}): Promise<Server> {
  let sessions = 0;
  return serve((request) => {
    const instead = before(request);
    if (instead !== undefined) return instead;
    const { method, path, headers } = request;
    if (method === 'PUT')
      return tokens && headers['x-aliyun-ecs-metadata-token-ttl-seconds'] === '21600'
        ? { text: 'metadata-token' }
        : { status: 404, text: 'not found' };
    const withToken = headers['x-aliyun-ecs-metadata-token'] === 'metadata-token';
    if (!withToken && !tokenless) return { status: 403, text: 'forbidden' };
    if (path === ROLES_PATH) return { text: 'web-role\n' };
    if (path === `${ROLES_PATH}web-role`)
      return { json: { Code: 'Success', LastUpdated: 'now', ...session(++sessions, START, 6 * 3600) } };
    return { status: 404, text: 'not found' };
  });
}
