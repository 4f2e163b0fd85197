import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { freePort } from '@describe-image/services';
import { demoCredential, exampleWorkflows, type Workflow } from './demo-content.ts';
import { ARTIFACTS } from './folders.ts';
import { installNodes } from './install-nodes.ts';
import { type OwnerSession, publishWorkflow, setUpOwner } from './n8n-api.ts';
import { n8nSettings, runN8n } from './n8n-process.ts';
import { type N8nServer, startN8nServer } from './n8n-server.ts';

/** A running n8n with the nodes, a credential for the emulator, and the example workflows. */
export interface Host extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly server: N8nServer;
  readonly owner: OwnerSession;
  readonly workflows: readonly Workflow[];
  /** The environment for other n8n commands. */
  readonly settings: NodeJS.ProcessEnv;
}

type DemoCredential = Readonly<Record<string, unknown>>;

/** The options of {@link startHost}. */
export interface HostOptions {
  /** Called with the next step. */
  readonly onProgress: (step: string) => void;
  /** Changes a workflow before it is imported. @default none */
  readonly adapt?: (workflow: Workflow) => Workflow;
  /** Additional credentials to import, made from the emulator's. @default none */
  readonly credentials?: (emulators: DemoCredential) => readonly DemoCredential[];
  /** Additional workflows to import. @default none */
  readonly added?: readonly Workflow[];
  /** Names of the workflows to activate. @default the workflow with a webhook */
  readonly published?: readonly string[];
  /** Additional environment variables of n8n. @default none */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Installs the nodes into a new user folder, imports the workflows and starts n8n. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { onProgress, adapt = (workflow) => workflow, credentials = () => [], added = [] } = options;
  const { published = ['Pin an image on webhook'] } = options;
  await using cleanup = new AsyncDisposableStack();
  mkdirSync(ARTIFACTS, { recursive: true });
  const userFolder = mkdtempSync(join(ARTIFACTS, 'user-'));
  cleanup.defer(() => rmSync(userFolder, { recursive: true, force: true }));
  const emulator = cleanup.adopt(await createEmulator(), (running) => running.close());

  onProgress('packing and installing the nodes');
  await installNodes(userFolder);

  const settings = { ...n8nSettings(userFolder, await freePort()), ...options.settings };
  const workflows = [...exampleWorkflows(emulator.url).map(adapt), ...added];
  onProgress('importing credentials and workflows');
  const credential = demoCredential(emulator.url);
  await importContent(settings, userFolder, 'credentials', [credential, ...credentials(credential)]);
  await importContent(settings, userFolder, 'workflow', workflows);

  onProgress('starting n8n');
  const server = cleanup.use(await startN8nServer(settings));
  const owner = await setUpOwner(server.url);
  for (const { id } of workflows.filter(({ name }) => published.includes(name)))
    await publishWorkflow(owner, id);

  const kept = cleanup.move();
  return { emulator, server, owner, workflows, settings, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function importContent(
  settings: NodeJS.ProcessEnv,
  folder: string,
  kind: 'credentials' | 'workflow',
  content: readonly unknown[],
): Promise<void> {
  const file = join(folder, `${kind}.json`);
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  await runN8n(settings, `import:${kind}`, `--input=${file}`);
  // The file contains keys. n8n has encrypted them.
  rmSync(file);
}
