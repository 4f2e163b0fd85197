import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { freePort } from '@describe-image/services';
import { demoCredential } from './demo-credential.ts';
import { exampleWorkflows, type Workflow } from './example-workflows.ts';
import { ARTIFACTS } from './folders.ts';
import { installNodes } from './install-nodes.ts';
import { type N8nServer, startN8nServer } from './n8n-server.ts';
import { n8nSettings } from './n8n-settings.ts';
import { type OwnerSession, setUpOwner } from './owner.ts';
import { publishWorkflow } from './publish-workflow.ts';
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

export interface HostOptions {
  /** Told what is done next. */
  readonly say: (line: string) => void;
  /** Changes a workflow before it is imported. @default none */
  readonly adapt?: (workflow: Workflow) => Workflow;
  /** More credentials to import. @default none */
  readonly credentials?: readonly Readonly<Record<string, unknown>>[];
  /** Names of the workflows that are switched on. @default the one that waits for a webhook */
  readonly published?: readonly string[];
  /** More settings of n8n, above the usual ones. @default none */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startHost(options: HostOptions): Promise<Host> {
  const { say, adapt = (workflow) => workflow, credentials = [] } = options;
  const { published = ['Pin an image on webhook'] } = options;
  await using cleanup = new AsyncDisposableStack();
  mkdirSync(ARTIFACTS, { recursive: true });
  const userFolder = mkdtempSync(join(ARTIFACTS, 'user-'));
  cleanup.defer(() => rmSync(userFolder, { recursive: true, force: true }));
  const emulator = cleanup.adopt(await createEmulator(), (running) => running.close());

  say('packing and installing the nodes');
  await installNodes(userFolder);

  const settings = { ...n8nSettings(userFolder, await freePort()), ...options.settings };
  const workflows = exampleWorkflows(emulator.url).map(adapt);
  say('importing credentials and workflows');
  await importInto(settings, userFolder, 'credentials', [demoCredential(emulator.url), ...credentials]);
  await importInto(settings, userFolder, 'workflow', workflows);

  say('starting n8n');
  const server = cleanup.use(await startN8nServer(settings));
  const owner = await setUpOwner(server.url);
  for (const { id } of workflows.filter(({ name }) => published.includes(name)))
    await publishWorkflow(owner, id);

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
