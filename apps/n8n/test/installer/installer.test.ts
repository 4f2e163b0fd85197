import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishWorkflow } from '../../src/n8n-api.ts';
import { type Host, startHost } from '../../src/start-host.ts';
import { communityPackages, type RegistrySettings, registrySettings } from './community-packages.ts';

const NAME = '@describe-image/n8n-nodes-describe-image';
/** Set by the release rehearsal, which publishes both versions to this registry. */
const REGISTRY = process.env['INSTALLER_REGISTRY'] ?? '';
const PREVIOUS = process.env['INSTALLER_PREVIOUS_VERSION'] ?? '';
const NEWEST = process.env['INSTALLER_NEWEST_VERSION'] ?? '';

let npm: RegistrySettings;
let host: Host;

beforeAll(async () => {
  npm = await registrySettings(REGISTRY);
  host = await startHost({
    onProgress: (step) => process.stderr.write(`› ${step} …\n`),
    withNodes: false,
    published: [],
    settings: npm.settings,
  });
});
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  npm?.[Symbol.dispose]();
});

const NODES = ['describeImage', 'describeImageTrigger'].map((node) => `${NAME}.${node}`);

/** The rows of the page, with the node types in alphabetical order. */
async function listed(): Promise<object[]> {
  const rows = await communityPackages(host.owner).list();
  return rows.map(({ installedNodes, ...row }) => ({
    ...row,
    nodes: installedNodes.map(({ type }) => type).sort(),
  }));
}

async function expectDigestFromWebhook(): Promise<void> {
  const response = await fetch(`${host.server.url}/webhook/pin-image`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image: 'shop/checkout:1.4.2' }),
  });
  const image = host.emulator.state
    .images()
    .find(({ repository, tag }) => repository === 'shop/checkout' && tag === '1.4.2');
  expect(await response.json()).toMatchObject({ digest: `sha256:${image?.digest}` });
}

it('installs a published version, and lists its nodes and the available update', async () => {
  expect(await communityPackages(host.owner).list()).toEqual([]);
  await communityPackages(host.owner).install(NAME, PREVIOUS);
  expect(await listed()).toMatchObject([
    {
      packageName: NAME,
      installedVersion: PREVIOUS,
      updateAvailable: NEWEST,
      failedLoading: false,
      nodes: NODES,
    },
  ]);
});

it('runs an example workflow with the installed node', async () => {
  const workflow = host.workflows.find(({ name }) => name === 'Pin an image on webhook');
  await publishWorkflow(host.owner, workflow?.id ?? '');
  await expectDigestFromWebhook();
});

it('updates to the newest version, and the active workflow still runs', async () => {
  await communityPackages(host.owner).update(NAME, NEWEST);
  const [row] = await listed();
  expect(row).toMatchObject({ installedVersion: NEWEST, failedLoading: false, nodes: NODES });
  expect(row).not.toHaveProperty('updateAvailable');
  await expectDigestFromWebhook();
});

it('installs the newest version by its name after a removal', async () => {
  await communityPackages(host.owner).remove(NAME);
  expect(await listed()).toEqual([]);
  await communityPackages(host.owner).install(NAME);
  expect(await listed()).toMatchObject([{ installedVersion: NEWEST, failedLoading: false, nodes: NODES }]);
  await expectDigestFromWebhook();
});
