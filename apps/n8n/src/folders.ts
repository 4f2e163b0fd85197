import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What n8n's installation is made from. */
export const HOST_MANIFESTS: string = fileURLToPath(new URL('../host', import.meta.url));

/** Where n8n is installed: 2 GB, so beside the workspace's own packages and kept between runs. */
export const N8N_HOST: string = join(ROOT, '.toolchain', 'n8n-host');

/** Logs, screenshots and user folders; ignored by git. */
export const ARTIFACTS: string = join(ROOT, '.artifacts', 'n8n');

/** The package under trial. */
export const NODE_PACKAGE: string = join(ROOT, 'packages', 'n8n-nodes-describe-image');

/** Workflows of this app alone. */
export const OWN_WORKFLOWS: string = fileURLToPath(new URL('../workflows', import.meta.url));
