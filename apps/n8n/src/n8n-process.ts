import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort, runProgram } from '@describe-image/services';
import { N8N_HOST } from './folders.ts';

/** The environment of n8n: it listens on 127.0.0.1 only and makes no requests to n8n's own services. */
export function n8nSettings(userFolder: string, port: number): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
  return {
    ...Object.fromEntries(inherited),
    N8N_USER_FOLDER: userFolder,
    N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
    N8N_HOST: '127.0.0.1',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_SECURE_COOKIE: 'false',
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
    N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
    EXTERNAL_FRONTEND_HOOKS_URLS: '',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_VERIFIED_PACKAGES_ENABLED: 'false',
    N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    N8N_DISABLED_MODULES: 'mcp-registry',
    N8N_PYTHON_ENABLED: 'false',
  };
}

/** Settings of another n8n, real keys, and proxies, which cannot reach the emulator. */
const NOT_INHERITED =
  /^(N8N_|DB_|EXECUTIONS_|QUEUE_|ALIBABA_CLOUD_|ALICLOUD_|DESCRIBE_IMAGE_|NODE_OPTIONS$|NODE_ENV$|VITEST|(https?|all)_proxy$)/i;

/** The program and arguments that run n8n's command line. */
export function n8nCommand(...args: readonly string[]): string[] {
  return [process.execPath, join(N8N_HOST, 'node_modules/n8n/bin/n8n'), ...args];
}

/** Runs an n8n command to its end. It gets its own task runner port, so that it can run next to a server. */
export async function runN8n(settings: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> {
  const env = { ...settings, N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
  return runProgram(n8nCommand(...args), { cwd: N8N_HOST, env });
}
