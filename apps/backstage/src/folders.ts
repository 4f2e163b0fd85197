import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this app, which is what Backstage takes for the root of its workspace. */
export const APP: string = fileURLToPath(new URL('..', import.meta.url));

/** Logs and screenshots; ignored by git. */
export const ARTIFACTS: string = join(APP, '..', '..', '.artifacts', 'backstage');
