import { demoCredentials } from '@describe-image/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Host, startHost } from '../src/start-host.ts';
import { adaptExample, modelCredential } from './adapt-example.ts';
import { type Editor, openEditor } from './editor.ts';
import { executeByCommand } from './execute-by-command.ts';
import { nextExecution } from './next-execution.ts';
import { type ScriptedModel, startScriptedModel } from './scripted-model.ts';

const CHECKOUT = { repository: 'shop/checkout', tag: '1.4.2' };

let model: ScriptedModel;
let host: Host;

beforeAll(async () => {
  model = await startScriptedModel({ reference: 'shop/checkout:1.4.2' });
  host = await startHost({
    say: (line) => process.stderr.write(`› ${line} …\n`),
    adapt: adaptExample,
    credentials: [modelCredential(model.url)],
    published: ['Pin an image on webhook', 'Watch tags that move', 'AI agent that knows images'],
  });
});
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await model?.[Symbol.asyncDispose]();
});

/** What the emulator holds. */
function digestOf({ repository, tag }: typeof CHECKOUT): string {
  const image = host.emulator.state.images().find((one) => one.repository === repository && one.tag === tag);
  return `sha256:${image?.digest}`;
}

const Row = z.looseObject({ repository: z.string(), tag: z.string(), digest: z.string().nullable() });

/** One row of a list, in a line. */
function identify(row: unknown): string {
  const { repository, tag, digest } = Row.parse(row);
  return `${repository}:${tag} ${digest}`;
}

/** What the emulator's inventory holds, in the same lines. */
function held(): { inventory: string[]; tagsOf(digest: string): string[] } {
  const inventory = host.emulator.state
    .inventory()
    .map(({ RepoNamespace, RepoName, Tag, Digest }) => {
      const digest = Digest === undefined ? null : `sha256:${Digest.replace('sha256:', '')}`;
      return identify({ repository: [RepoNamespace, RepoName].filter(Boolean).join('/'), tag: Tag, digest });
    })
    .sort();
  return { inventory, tagsOf: (digest) => inventory.filter((line) => line.endsWith(digest)) };
}

function webhook(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${host.server.url}/webhook/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

function idOf(name: string): string {
  return host.workflows.find((workflow) => workflow.name === name)?.id ?? '';
}

describe('n8n without its editor', () => {
  it('answers a webhook with the pinned reference', async () => {
    const answer = await webhook('pin-image', { image: 'shop/checkout:1.4.2' });
    const digest = digestOf(CHECKOUT);
    expect(await answer.json()).toMatchObject({ image: `shop/checkout@${digest}`, digest });
  });

  it('answers a webhook that names an unknown image with the reason and a request ID', async () => {
    const answer = await webhook('pin-image', { image: 'shop/gone:1.0' });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      error: 'Security Center does not know this image',
      details: { code: 'NotFound', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
    });
  });

  it('reports the drifted and the missing image of the night', async () => {
    const run = await executeByCommand(host, 'Nightly drift report');
    expect(run.items('Describe Image').map(({ outcome }) => outcome)).toEqual(['match', 'drift', 'missing']);
    expect(run.items('Describe Image').map(({ actual }) => actual)).toEqual([
      digestOf(CHECKOUT),
      digestOf({ ...CHECKOUT, tag: 'latest' }),
      null,
    ]);
    expect(run.items('Report')).toMatchObject([{ count: 2 }]);
  });

  it('gives what the emulator holds, whatever is asked', async () => {
    const run = await executeByCommand(host, 'Every operation');
    const digest = digestOf(CHECKOUT);
    const { inventory, tagsOf } = held();
    expect(run.items('Get Digest by Reference')).toMatchObject([
      { digest, pinned: `shop/checkout@${digest}` },
    ]);
    expect(run.items('Get Digest by IDs')).toMatchObject([{ digest, source: 'DescribeImage' }]);
    expect(run.items('Get Many').map(identify).sort()).toEqual(inventory);
    expect(run.items('Get Risk')).toMatchObject([{ state: 'clean', clean: true, digest }]);
    expect(
      run
        .items('Find Tags by Digest')
        .flatMap(({ images }) => z.array(Row).parse(images).map(identify))
        .sort(),
    ).toEqual(tagsOf(digest));
    expect(run.items('Verify')).toMatchObject([{ outcome: 'match', actual: digest }]);
  });

  it('lets only the clean image through the risk gate', async () => {
    const run = await executeByCommand(host, 'Risk gate before a release');
    expect(run.items('Release It')).toMatchObject([{ decision: 'release', state: 'clean' }]);
    expect(run.items('Stop')).toMatchObject([{ decision: 'stop', state: 'risky' }]);
    expect(run.items('Ask a Person')).toMatchObject([{ decision: 'ask', state: 'unknown' }]);
  });

  it('signs another API for the HTTP Request node', async () => {
    const run = await executeByCommand(host, 'Any Alibaba Cloud RPC API');
    expect(run.items('HTTP Request')).toMatchObject([{ AccountId: '1234567890123456' }]);
  });

  it('gives an AI agent the node as its tool', async () => {
    const message = { action: 'sendMessage', sessionId: '1', chatInput: 'Is shop/checkout:1.4.2 clean?' };
    const answer = await webhook('describe-image-chat/chat', message);
    const { output } = z.object({ output: z.string() }).parse(await answer.json());
    expect(output).toContain('clean');
    expect(output).toContain(digestOf(CHECKOUT));
  });

  it('tells at the next poll that a tag has moved, from where to where', async () => {
    const latest = { ...CHECKOUT, tag: 'latest' };
    const from = digestOf(latest);
    host.emulator.state.push({ ...latest, instanceId: 'cri-3xk9v2m7q4wz8d1p' });
    host.emulator.state.syncInventory();
    const run = await nextExecution(host.owner, idOf('Watch tags that move'));
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

  it('shows the digest of the image chosen from four lists that depend on each other', async () => {
    await editor.openWorkflow(idOf('First digest'));
    await editor.shoot('1-canvas');
    await editor.openNode('Describe Image');
    await editor.shoot('2-node');
    await editor.choose('regionId', 'cn-hangzhou');
    await editor.choose('instanceId', 'cri-3xk9v2m7q4wz8d1p');
    await editor.choose('repoId', 'shop/checkout');
    await editor.part('resource-locator-tag').locator('input').last().click();
    await editor.part('rlc-item').filter({ visible: true }).first().waitFor();
    await editor.shoot('3-tags');
    await editor.page.keyboard.press('Escape');
    await editor.choose('tag', '1.4.2');
    await editor.part('node-execute-button').click();
    await editor.part('output-panel').getByText(digestOf(CHECKOUT)).waitFor();
    await editor.part('node-execute-button').getByText('Execute step').waitFor();
    await editor.shoot('4-digest');
  });

  it('says that the credential works', async () => {
    await editor.part('credential-edit-button').click();
    await editor.page.getByText('Connection tested successfully').waitFor();
    await editor.shoot('5-credential-works');
  });

  it('says in a sentence what is wrong with a credential', async () => {
    const secret = editor.part('parameter-input-accessKeySecret').locator('input');
    await secret.fill('not-the-secret');
    await editor.part('credential-save-button').click();
    await editor.page.getByText('More details').click();
    await editor.page.getByText('The AccessKey Secret does not belong to this AccessKey ID.').waitFor();
    await editor.shoot('6-credential-refused');
    await secret.fill(demoCredentials.accessKeySecret);
    await editor.part('credential-save-button').click();
    await editor.page.getByText('Connection tested successfully').waitFor();
  });

  it('runs the risk gate on the canvas', async () => {
    await editor.openWorkflow(idOf('Risk gate before a release'));
    await editor.part('execute-workflow-button').click();
    await editor.page.getByText('Workflow executed successfully').waitFor();
    await editor.part('execute-workflow-button').getByText('Execute workflow').waitFor();
    await editor.shoot('7-risk-gate');
  });
});
