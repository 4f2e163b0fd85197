import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The manifests of n8n's installation. */
export const HOST_MANIFESTS: string = fileURLToPath(new URL('../host', import.meta.url));

/** Another version of n8n than the locked one: the oldest supported one, or `latest` for the scheduled run. */
export const N8N_VERSION: string | undefined = process.env['N8N_VERSION'];

/** n8n's installation. It is outside the workspace, because it takes 2 GB, and is kept between runs. */
export const N8N_HOST: string = join(
  ROOT,
  '.toolchain',
  N8N_VERSION === undefined ? 'n8n-host' : `n8n-host-${N8N_VERSION}`,
);

/** Logs, screenshots and user folders. Ignored by git. */
export const ARTIFACTS: string = join(ROOT, '.artifacts', 'n8n');

/** The package under test. */
export const NODE_PACKAGE: string = join(ROOT, 'packages', 'n8n-nodes-describe-image');

/** The workflows of this app. */
export const OWN_WORKFLOWS: string = fileURLToPath(new URL('../workflows', import.meta.url));
