import { createEmulator, type Emulator } from '@describe-image/emulator';
import { freePort } from '@describe-image/services';
import { type Backend, type BackendOptions, startBackend } from './start-backend.ts';
import { waitForCatalog } from './wait-for-catalog.ts';
import { demoSeed } from './world/demo-seed.ts';
import { readEntities } from './world/read-entities.ts';

/** A running Backstage with its emulator. */
export interface Host extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly url: string;
  readonly backends: readonly Backend[];
}

export interface HostOptions extends Pick<BackendOptions, 'app'> {
  /** Receives a line for every step. */
  readonly log: (line: string) => void;
}

/** Starts the emulator and one back end, and waits until the catalog is complete. */
export async function startHost({ log, ...options }: HostOptions): Promise<Host> {
  await using cleanup = new AsyncDisposableStack();
  const emulator = cleanup.use(await createEmulator({ seed: demoSeed }));
  log('starting Backstage');
  const backend = cleanup.use(
    await startBackend({ name: 'backend', port: await freePort(), endpoint: emulator.url, ...options }),
  );
  await waitForCatalog(backend.url, readEntities().length);
  const resources = cleanup.move();
  return {
    emulator,
    url: backend.url,
    backends: [backend],
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
