import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `apps/backstage`, which Backstage uses as the workspace root. */
export const APP: string = fileURLToPath(new URL('..', import.meta.url));

/** The folder of logs and screenshots. Git ignores it. */
export const ARTIFACTS: string = join(APP, '..', '..', '.artifacts', 'backstage');
