import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoCredentials } from '@describe-image/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readWorkflow, type Workflow } from '../src/demo-content.ts';
import { NODE_PACKAGE } from '../src/folders.ts';
import { installedVersion, upgradeNodes } from '../src/install-nodes.ts';
import { startN8nServer } from '../src/n8n-server.ts';
import { type Host, startHost } from '../src/start-host.ts';
import { adaptExample, modelCredential, roleCredential, useRole } from './adapt-example.ts';
import { type ChatReceiver, startChatReceiver } from './chat-receiver.ts';
import { type Editor, openEditor } from './editor.ts';
import { executeByCommand, nextExecution } from './executions.ts';
import { findSecrets } from './find-secrets.ts';
import { type ScriptedModel, startScriptedModel } from './scripted-model.ts';

const CHECKOUT = { repository: 'shop/checkout', tag: '1.4.2' };

const SAVED = join(NODE_PACKAGE, 'test', 'saved-workflows');

let model: ScriptedModel;
let chat: ChatReceiver;
let host: Host;

beforeAll(async () => {
  model = await startScriptedModel({ reference: 'shop/checkout:1.4.2' });
  chat = await startChatReceiver();
  const drift = readWorkflow(join(NODE_PACKAGE, 'examples', 'nightly-drift-report.json'));
  host = await startHost({
    onProgress: (step) => process.stderr.write(`› ${step} …\n`),
    adapt: (workflow) => adaptExample(workflow, `${chat.url}/slack`),
    credentials: (emulators) => [modelCredential(model.url), roleCredential(emulators)],
    added: [
      savedWorkflow('every-operation', useRole),
      savedWorkflow('risk-gate'),
      { ...adaptExample(drift, `${chat.url}/dingtalk`), id: 'driftdingtalk001', name: 'Drift to DingTalk' },
    ],
    published: ['Pin an image on webhook', 'Report moved tags', 'AI agent with an image tool'],
  });
});
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await model?.[Symbol.asyncDispose]();
  await chat?.[Symbol.asyncDispose]();
});

/** Whether a workflow has the note that describes its purpose. */
function isTemplate({ nodes, name }: Workflow): boolean {
  return !name.startsWith('Drift to') && nodes.some((node) => node.name === 'About');
}

/** A workflow that version 1 of the nodes saved, under another name. */
function savedWorkflow(file: string, change = (workflow: Workflow) => workflow): Workflow {
  const workflow = readWorkflow(join(SAVED, 'version-1', `${file}.json`));
  return change({ ...workflow, id: `saved${file.replaceAll('-', '')}`.slice(0, 16), name: `Saved ${file}` });
}

/** The words that find both nodes in n8n's panel. */
const SEARCH_WORDS = [
  'alibaba',
  'aliyun',
  'acr',
  'container',
  'docker',
  'image digest',
  'security center',
  'sha256',
];

/** The digest in the emulator. */
function digestOf({ repository, tag }: typeof CHECKOUT): string {
  const image = host.emulator.state
    .images()
    .find((held) => held.repository === repository && held.tag === tag);
  return `sha256:${image?.digest}`;
}

/** The pinned reference of an image in the emulator's registry. */
function pinned(image: typeof CHECKOUT): string {
  const { repository, tag } = image;
  return `acme-registry.cn-hangzhou.cr.aliyuncs.com/${repository}:${tag}@${digestOf(image)}`;
}

const Row = z.looseObject({ repository: z.string(), tag: z.string(), digest: z.string().nullable() });

/** Formats a row of an image list. */
function formatRow(row: unknown): string {
  const { repository, tag, digest } = Row.parse(row);
  return `${repository}:${tag} ${digest}`;
}

/** The rows of the emulator's inventory in the same format. */
function inventoryRows(): { inventory: string[]; tagsOf(digest: string): string[] } {
  const inventory = host.emulator.state
    .inventory()
    .map(({ RepoNamespace, RepoName, Tag, Digest }) => {
      const digest = Digest === undefined ? null : `sha256:${Digest.replace('sha256:', '')}`;
      return formatRow({ repository: [RepoNamespace, RepoName].filter(Boolean).join('/'), tag: Tag, digest });
    })
    .sort();
  return { inventory, tagsOf: (digest) => inventory.filter((line) => line.endsWith(digest)) };
}

function webhook(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${host.server.url}/webhook/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

function userFolder(): string {
  return host.settings['N8N_USER_FOLDER'] ?? '';
}

function idOf(name: string): string {
  return host.workflows.find((workflow) => workflow.name === name)?.id ?? '';
}

describe('n8n without the editor', () => {
  it('returns the pinned reference from a webhook', async () => {
    const response = await webhook('pin-image', { image: 'shop/checkout:1.4.2' });
    const digest = digestOf(CHECKOUT);
    expect(await response.json()).toMatchObject({ image: pinned(CHECKOUT), digest });
  });

  it('returns the error and the request ID of an unknown image from a webhook', async () => {
    const response = await webhook('pin-image', { image: 'shop/gone:1.0' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      error: 'Security Center has no such image',
      details: { code: 'NotFound', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
    });
  });

  it('sends the drifted and the missing image to Slack and to DingTalk', async () => {
    const run = await executeByCommand(host, 'Nightly drift report');
    expect(run.items('Describe Image', 0)).toMatchObject([
      { outcome: 'match', gate: 'pass', digest: digestOf(CHECKOUT) },
    ]);
    expect(run.items('Describe Image', 1)).toMatchObject([
      { outcome: 'drift', blockedBy: 'mismatch', digest: digestOf({ ...CHECKOUT, tag: 'latest' }) },
      { outcome: 'missing', blockedBy: 'notFound', digest: null },
    ]);
    const message = run.items('Chat')[0]?.['message'];
    expect(message).toMatch(
      /^2 images have drifted:\nshop\/checkout:latest: the tag has sha256:.*\nshop\/gone:1\.0: /,
    );
    expect(chat.messages.get('/slack')).toEqual({ text: message });
    await executeByCommand(host, 'Drift to DingTalk');
    expect(chat.messages.get('/dingtalk')).toEqual({ msgtype: 'text', text: { content: message } });
  });

  it('returns the data of the emulator for every operation', async () => {
    const run = await executeByCommand(host, 'Every operation');
    const digest = digestOf(CHECKOUT);
    const { inventory, tagsOf } = inventoryRows();
    expect(run.items('Get Digest by Reference')).toMatchObject([
      { digest, pinned: pinned(CHECKOUT), state: 'live', liveCheck: 'answered' },
    ]);
    expect(run.items('Get Digest by IDs')).toMatchObject([{ digest, source: 'DescribeImage' }]);
    expect(run.items('Get Many').map(formatRow).sort()).toEqual(inventory);
    expect(run.items('Get Risk')).toMatchObject([
      { state: 'clean', clean: true, digest, digestState: 'live', liveCheck: 'answered' },
    ]);
    expect(
      run
        .items('Find Tags by Digest')
        .flatMap(({ images }) => z.array(Row).parse(images).map(formatRow))
        .sort(),
    ).toEqual(tagsOf(digest));
    expect(run.items('Verify')).toMatchObject([{ outcome: 'match', actual: digest, state: 'live' }]);
  });

  it('opens an issue for each urgent fixable vulnerability', async () => {
    const run = await executeByCommand(host, 'Open issues for urgent vulnerabilities');
    const urgent = run.items('Describe Image');
    expect(urgent.length).toBeGreaterThan(0);
    for (const item of urgent) expect(item).toMatchObject({ necessity: 'asap', fixable: true });
    expect(run.items('Open Issue')).toHaveLength(urgent.length);
    expect(chat.messages.get('/slack')).toMatchObject({
      title: expect.stringMatching(/^CVE-\S+ in shop\/storefront:2\.9\.0$/),
      body: expect.stringContaining('@sha256:'),
    });
  });

  it('releases only the clean image', async () => {
    const run = await executeByCommand(host, 'Risk gate before a release');
    expect(run.items('Approve Release')).toMatchObject([
      { decision: 'release', state: 'clean', pinned: pinned(CHECKOUT) },
    ]);
    expect(run.items('Stop Release')).toMatchObject([
      { decision: 'stop', state: 'risky', blockedBy: 'risky' },
      { decision: 'stop', state: 'unknown', blockedBy: 'requireScanned' },
    ]);
  });

  it('runs the workflows that version 1 saved, with the fields of version 1', async () => {
    const fields: unknown = JSON.parse(readFileSync(join(SAVED, 'version-1-output-fields.json'), 'utf8'));
    const run = await executeByCommand(host, 'Saved every-operation');
    for (const [name, expected] of Object.entries(Object(fields)))
      if (!name.startsWith('trigger ')) expect(Object.keys(run.items(name)[0] ?? {}), name).toEqual(expected);
    const gate = await executeByCommand(host, 'Saved risk-gate');
    expect(gate.items('Approve Release')).toMatchObject([{ decision: 'approve' }]);
    expect(gate.items('Request Review')).toMatchObject([{ decision: 'review' }]);
  });

  it('signs a request of the HTTP Request node to another API', async () => {
    const run = await executeByCommand(host, 'Any Alibaba Cloud RPC API');
    expect(run.items('HTTP Request')).toMatchObject([{ AccountId: '1234567890123456' }]);
  });

  it('answers a question through an AI agent with the node as a tool', async () => {
    const message = {
      action: 'sendMessage',
      sessionId: '1',
      chatInput: 'Is shop/checkout:1.4.2 safe to deploy?',
    };
    const response = await webhook('describe-image-chat/chat', message);
    const { output } = z.object({ output: z.string() }).parse(await response.json());
    expect(output).toContain('clean');
    expect(output).toContain(digestOf(CHECKOUT));
  });

  it('reports the old and the new digest of a moved tag at the next poll', async () => {
    const latest = { ...CHECKOUT, tag: 'latest' };
    const from = digestOf(latest);
    host.emulator.state.push({ ...latest, instanceId: 'cri-3xk9v2m7q4wz8d1p' });
    host.emulator.state.syncInventory();
    const run = await nextExecution(host.owner, idOf('Report moved tags'));
    expect(run.items('Describe Image Trigger')).toMatchObject([{ from, to: digestOf(latest) }]);
    expect(run.items('Message')).toMatchObject([{ text: expect.stringContaining(`moved from ${from}`) }]);
  });
});

describe('n8n in Chromium', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await openEditor(host.server.url);
  });
  afterAll(() => editor?.[Symbol.asyncDispose]());

  it('shows the digest of an image selected from four dependent lists', async () => {
    await editor.openWorkflow(idOf('First digest'));
    await editor.saveScreenshot('1-canvas');
    await editor.openNode('Describe Image');
    await editor.saveScreenshot('2-node');
    await editor.select('regionId', 'cn-hangzhou');
    await editor.select('instanceId', 'cri-3xk9v2m7q4wz8d1p');
    await editor.select('repoId', 'shop/checkout');
    await editor.part('resource-locator-tag').locator('input').last().click();
    await editor.part('rlc-item').filter({ visible: true }).first().waitFor();
    await editor.saveScreenshot('3-tags');
    await editor.page.keyboard.press('Escape');
    await editor.select('tag', '1.4.2');
    await editor.part('node-execute-button').click();
    await editor.part('output-panel').getByText(digestOf(CHECKOUT)).waitFor();
    await editor.part('node-execute-button').getByText('Execute step').waitFor();
    await editor.saveScreenshot('4-digest');
  });

  it('shows that the credential test passes', async () => {
    await editor.part('credential-edit-button').click();
    await editor.page.getByText('Connection tested successfully').waitFor();
    await editor.saveScreenshot('5-credential-test-passed');
  });

  it('shows why the credential test fails', async () => {
    const secret = editor.part('parameter-input-accessKeySecret').locator('input');
    await secret.fill('not-the-secret');
    await editor.part('credential-save-button').click();
    await editor.page.getByText('More details').click();
    await editor.page.getByText('The AccessKey Secret does not belong to this AccessKey ID.').waitFor();
    await editor.saveScreenshot('6-credential-test-failed');
    await secret.fill(demoCredentials.accessKeySecret);
    await editor.part('credential-save-button').click();
    await editor.page.getByText('Connection tested successfully').waitFor();
  });

  it('runs the risk gate on the canvas, with the outputs Pass and Block', async () => {
    await editor.openWorkflow(idOf('Risk gate before a release'));
    await editor.part('execute-workflow-button').click();
    await editor.page.getByText('Workflow executed successfully').waitFor();
    await editor.part('execute-workflow-button').getByText('Execute workflow').waitFor();
    await editor.saveScreenshot('7-risk-gate');
    await editor.openNode('Describe Image');
    await editor.part('output-panel').getByText('Block').first().waitFor();
    await editor.saveScreenshot('8-gate-parameters');
  });

  it('opens each template with its notes', async () => {
    for (const { id, name, nodes } of host.workflows.filter(isTemplate)) {
      await editor.openWorkflow(id);
      const notes = nodes.filter(({ type }) => type.endsWith('.stickyNote'));
      await editor
        .part('sticky')
        .nth(notes.length - 1)
        .waitFor();
      await editor.saveScreenshot(`template-${name.toLowerCase().replaceAll(/\W+/g, '-')}`);
    }
  });

  it('finds the node by the words that users search for', async () => {
    await editor.openWorkflow(idOf('First digest'));
    await editor.part('node-creator-plus-button').first().click();
    const found = editor.part('node-creator-item-name').getByText('Describe Image').first();
    for (const words of SEARCH_WORDS) {
      // The panel searches after a pause, and shows the items of the previous words until then.
      await editor.part('node-creator-search-bar').fill('no node has this name');
      await found.waitFor({ state: 'hidden' });
      await editor.part('node-creator-search-bar').fill(words);
      await found.waitFor();
    }
    await editor.saveScreenshot('9-search');
  });
});

describe('the files of n8n', () => {
  it('contain no key, token or signature in clear text', () => {
    const tokens = host.emulator.requests.flatMap(({ headers }) => headers['x-acs-security-token'] ?? []);
    expect(tokens).not.toEqual([]);
    const secrets = [
      demoCredentials.accessKeySecret,
      'not-the-secret',
      'ACS3-HMAC-SHA256 Credential=',
      ...new Set(tokens),
    ];
    expect(findSecrets([userFolder()], secrets)).toEqual([]);
    const log = readFileSync(host.server.log, 'utf8');
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  });
});

describe('an upgrade of the nodes', () => {
  it('keeps workflows and credentials', async () => {
    await host.server[Symbol.asyncDispose]();
    await upgradeNodes(userFolder(), '99.0.0');
    expect(installedVersion(userFolder())).toBe('99.0.0');
    await using _upgraded = await startN8nServer(host.settings);
    const response = await webhook('pin-image', { image: 'shop/checkout:1.4.2' });
    expect(await response.json()).toMatchObject({ image: pinned(CHECKOUT) });
  });
});
