import { demoCredentials, type Emulator } from '@describe-image/emulator';

/** The environment in which the demo's commands run: the emulator's endpoint and keys, and none of the user's own. */
export function demoEnvironment({ url }: Pick<Emulator, 'url'>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const looks = process.stdout.isTTY && !process.env['NO_COLOR'] ? { FORCE_COLOR: '1' } : {};
  return {
    ...Object.fromEntries(own),
    ...looks,
    COLUMNS: String(process.stdout.columns ?? 120),
    DESCRIBE_IMAGE_ENDPOINT: url,
    ALIBABA_CLOUD_STS_ENDPOINT: url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: demoCredentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: demoCredentials.accessKeySecret,
  };
}

/** Real keys have no business here, and a proxy cannot reach the emulator. */
const FOREIGN = /^(ALIBABA_CLOUD_|ALICLOUD_|DESCRIBE_IMAGE_|NODE_OPTIONS$|(https?|all)_proxy$)/i;
