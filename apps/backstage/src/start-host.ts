import { createEmulator, type Emulator } from '@describe-image/emulator';
import { freePort } from '@describe-image/services';
import { type Backend, type BackendOptions, startBackend } from './start-backend.ts';
import { waitForCatalog } from './wait-for-catalog.ts';
import { demoSeed } from './world/demo-seed.ts';
import { readEntities } from './world/read-entities.ts';

/** A Backstage on one port, and the emulator that it asks. */
export interface Host extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly url: string;
  readonly backends: readonly Backend[];
}

export interface HostOptions extends Pick<BackendOptions, 'app'> {
  /** Told what is done next. */
  readonly say: (line: string) => void;
}

export async function startHost({ say, ...options }: HostOptions): Promise<Host> {
  await using cleanup = new AsyncDisposableStack();
  const emulator = cleanup.use(await createEmulator({ seed: demoSeed }));
  say('starting Backstage');
  const backend = cleanup.use(
    await startBackend({ name: 'backend', port: await freePort(), endpoint: emulator.url, ...options }),
  );
  await waitForCatalog(backend.url, readEntities().length);
  const kept = cleanup.move();
  return {
    emulator,
    url: backend.url,
    backends: [backend],
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
