import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { z } from 'zod';
import { demoCredential } from './demo-credential.ts';
import { exampleWorkflows, type Workflow } from './example-workflows.ts';
import { ARTIFACTS } from './folders.ts';
import { freePort } from './free-port.ts';
import { installNodes } from './install-nodes.ts';
import { type N8nServer, startN8nServer } from './n8n-server.ts';
import { n8nSettings } from './n8n-settings.ts';
import { type OwnerSession, setUpOwner } from './owner.ts';
import { runN8n } from './run-n8n.ts';

/** A running n8n with our nodes, the emulator behind its credential, and workflows to try. */
export interface Host extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly server: N8nServer;
  readonly owner: OwnerSession;
  readonly workflows: readonly Workflow[];
  /** For further commands of n8n. */
  readonly settings: NodeJS.ProcessEnv;
}

/** The workflow that waits for a webhook is switched on; nothing else runs by itself. */
const PUBLISHED = ['Pin an image on webhook'];

/** @param say - Told what is done next. */
export async function startHost(say: (line: string) => void): Promise<Host> {
  await using cleanup = new AsyncDisposableStack();
  mkdirSync(ARTIFACTS, { recursive: true });
  const userFolder = mkdtempSync(join(ARTIFACTS, 'user-'));
  cleanup.defer(() => rmSync(userFolder, { recursive: true, force: true }));
  const emulator = cleanup.adopt(await createEmulator(), (running) => running.close());

  say('packing and installing the nodes');
  await installNodes(userFolder);

  const settings = n8nSettings(userFolder, await freePort());
  const workflows = exampleWorkflows(emulator.url);
  say('importing credentials and workflows');
  await importInto(settings, userFolder, 'credentials', [demoCredential(emulator.url)]);
  await importInto(settings, userFolder, 'workflow', workflows);

  say('starting n8n');
  const server = cleanup.use(await startN8nServer(settings));
  const owner = await setUpOwner(server.url);
  for (const { id } of workflows.filter(({ name }) => PUBLISHED.includes(name))) await publish(owner, id);

  const kept = cleanup.move();
  return { emulator, server, owner, workflows, settings, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function importInto(
  settings: NodeJS.ProcessEnv,
  folder: string,
  kind: 'credentials' | 'workflow',
  content: readonly unknown[],
): Promise<void> {
  const file = join(folder, `${kind}.json`);
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  await runN8n(settings, `import:${kind}`, `--input=${file}`);
}

async function publish(owner: OwnerSession, id: string): Promise<void> {
  const { versionId } = Versioned.parse(await owner.call('GET', `/workflows/${id}`));
  await owner.call('POST', `/workflows/${id}/activate`, { versionId });
}

const Versioned = z.object({ versionId: z.string() });
