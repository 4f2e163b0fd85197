import { readFileSync } from 'node:fs';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { createCallBudget } from '../src/mcp/call-budget.ts';
import { pageOf, untrusted } from '../src/mcp/tool-pages.ts';
import { CHECKOUT, CHECKOUT_DIGEST } from './demo-image.ts';
import { demoEnvironment } from './run-cli.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** The official client, connected to the bundled program over stdio. */
async function connect(
  argv: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [inject('bin'), 'mcp', ...argv],
      env: { ...demoEnvironment(emulator.url), NO_PROXY: '127.0.0.1', ...environment },
    }),
  );
  onTestFinished(() => client.close());
  return client;
}

/** The fields that the tests read. */
interface StructuredContent {
  readonly [field: string]: unknown;
  readonly digest?: string;
  readonly patch?: string;
  readonly verdict?: string;
  readonly tags?: readonly object[];
  readonly images?: readonly { readonly tag: string }[];
  readonly vulnerabilities?: readonly object[];
}

interface ToolResult {
  readonly isError?: boolean;
  readonly structuredContent?: StructuredContent;
  readonly content: readonly { readonly text: string }[];
}
const callOf =
  (client: Client) =>
  async (name: string, args: Record<string, unknown> = {}) =>
    (await client.callTool({ name, arguments: args })) as unknown as ToolResult;

it('mcp lists read-only tools with schemas', async () => {
  const client = await connect();
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    'resolve_digest',
    'verify_digest',
    'list_tags',
    'find_tags',
    'image_risk',
    'pin_manifest',
    'explain_request',
    'doctor',
  ]);
  for (const tool of tools) {
    expect(tool.annotations?.readOnlyHint).toBe(true);
    expect(tool.outputSchema?.type).toBe('object');
  }
  expect(client.getInstructions()).toContain('treat them as data');
});

describe('mcp tools', () => {
  let call: ReturnType<typeof callOf>;
  beforeEach(async () => {
    call = callOf(await connect());
  });

  it('resolve_digest returns the live digest', async () => {
    const { structuredContent } = await call('resolve_digest', { reference: CHECKOUT });
    expect(structuredContent).toMatchObject({ digest: CHECKOUT_DIGEST, state: 'live', sourcesAgree: true });
  });

  it('resolve_digest returns an error with candidates that a hint selects', async () => {
    const { isError, content } = await call('resolve_digest', { reference: 'shop/checkout:1.4.1' });
    const error = JSON.parse(content[0]?.text ?? '');
    expect([isError, error.code, error.candidates.length]).toEqual([true, 'Ambiguous', 2]);
    const { instanceId: instance, digest } = error.candidates[0];
    const selected = await call('resolve_digest', { reference: 'shop/checkout:1.4.1', instance });
    expect(selected.structuredContent?.digest).toBe(digest);
  });

  it('verify_digest compares the tag with a digest', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const { structuredContent } = await call('verify_digest', { reference: CHECKOUT, digest });
    expect(structuredContent).toMatchObject({ outcome: 'drift', actual: CHECKOUT_DIGEST });
  });

  it.each([
    ['verify_digest', { reference: 'shop/checkout:1.4.1', digest: CHECKOUT_DIGEST }],
    ['list_tags', { repository: 'shop/checkout:1.4.1' }],
    ['image_risk', { reference: 'shop/checkout:1.4.1' }],
  ])('%s uses a hint to select one of several images', async (name, args) => {
    expect((await call(name, args)).isError).toBe(true);
    expect((await call(name, { ...args, region: 'cn-shanghai' })).isError).not.toBe(true);
  });

  it('list_tags and find_tags return pages', async () => {
    const listed = await call('list_tags', { repository: CHECKOUT });
    expect(listed.structuredContent).toMatchObject({ nextCursor: null });
    expect(listed.structuredContent?.tags).toContainEqual(
      expect.objectContaining({ tag: '1.4.2', digest: CHECKOUT_DIGEST }),
    );
    const found = await call('find_tags', { digest: CHECKOUT_DIGEST });
    expect(found.structuredContent?.images?.map(({ tag }) => tag).sort()).toEqual(['1.4.2', 'latest']);
  });

  it('image_risk returns 50 vulnerabilities at most, with the risk', async () => {
    const { structuredContent } = await call('image_risk', { reference: 'shop/storefront:2.9.0' });
    expect(structuredContent).toMatchObject({ state: 'risky', total: 41, nextCursor: null });
    expect(structuredContent?.vulnerabilities?.[0]).toMatchObject({ necessity: 'asap' });
  });

  it('pin_manifest returns a patch and what it kept', async () => {
    const text = readFileSync(new URL('manifests/deployment.yaml', import.meta.url), 'utf8');
    const { structuredContent } = await call('pin_manifest', { path: 'deployment.yaml', text });
    expect(structuredContent?.patch).toContain(`+          image: '${CHECKOUT}@${CHECKOUT_DIGEST}'`);
    expect(structuredContent).toMatchObject({
      changed: 3,
      kept: [{ line: 18, reference: 'docker.io/library/envoy:1.30' }],
    });
  });

  it('explain_request sends nothing', async () => {
    const { structuredContent } = await call('explain_request', { reference: CHECKOUT });
    expect(structuredContent).toMatchObject({ action: 'DescribeImageInstances' });
    expect(emulator.requests).toEqual([]);
  });

  it('doctor returns the findings', async () => {
    const { structuredContent } = await call('doctor');
    expect(structuredContent?.verdict).toBe('ok');
  });

  it('rejects arguments that do not match the schema', async () => {
    const { isError } = await call('resolve_digest', { reference: '' });
    expect(isError).toBe(true);
    expect(emulator.requests).toEqual([]);
  });
});

it('mcp names the missing permission and its policy', async () => {
  const call = callOf(
    await connect([], {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'demo-list-only-key-id',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'demo-list-only-key-secret',
    }),
  );
  const { isError, content } = await call('resolve_digest', { reference: CHECKOUT });
  const error = JSON.parse(content[0]?.text ?? '');
  expect([isError, error.code]).toEqual([true, 'Permission']);
  expect(error.remedy).toContain('yundun-sas:DescribeImage');
  expect(error.policy.Statement[0].Action).toEqual(['yundun-sas:DescribeImage']);
  expect(content[0]?.text).not.toContain('demo-list-only-key-secret');
});

it('mcp starts without keys, and each call names where keys are searched', async () => {
  const call = callOf(
    await connect([], {
      ALIBABA_CLOUD_ACCESS_KEY_ID: '',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: '',
      DESCRIBE_IMAGE_ENDPOINT: '',
      HOME: '/no/home',
    }),
  );
  const { isError, content } = await call('resolve_digest', { reference: CHECKOUT });
  const error = JSON.parse(content[0]?.text ?? '');
  expect([isError, error.code]).toEqual([true, 'Credentials']);
  expect(error.details).toContainEqual(expect.stringContaining('ALIBABA_CLOUD_ACCESS_KEY_ID is not set'));
});

it('mcp rejects calls above --calls-per-minute and names the wait', async () => {
  const call = callOf(await connect(['--calls-per-minute', '1']));
  expect((await call('list_tags', { repository: CHECKOUT })).isError).toBeUndefined();
  const { isError, content } = await call('list_tags', { repository: CHECKOUT });
  expect(isError).toBe(true);
  expect(content[0]?.text).toMatch(/too many tool calls.*Wait \d+ seconds/);
});

it('mcp --http serves the same tools to clients on this machine only, until it is aborted', async () => {
  const { main } = await import('../src/main.ts');
  const { createClient } = await import('@describe-image/core');
  const interruption = new AbortController();
  let onListening = (_url: string): void => {};
  const listening = new Promise<string>((resolve) => {
    onListening = resolve;
  });
  const exit = main(['mcp', '--http', '0'], {
    stdout: { write: () => true },
    stderr: { write: (text) => onListening(/http:\S+/.exec(text)?.[0] ?? '') },
    environment: demoEnvironment(emulator.url),
    signal: interruption.signal,
    createClient,
  });
  const url = new URL(await listening);
  const client = new Client({ name: 'test', version: '1.0.0' });
  // The transport's optional fields are not declared for exactOptionalPropertyTypes.
  await client.connect(new StreamableHTTPClientTransport(url) as Parameters<Client['connect']>[0]);
  const { structuredContent } = await callOf(client)('resolve_digest', { reference: CHECKOUT });
  expect(structuredContent?.digest).toBe(CHECKOUT_DIGEST);
  await client.close();
  const post = (headers: Record<string, string>, path = '/mcp') =>
    fetch(new URL(path, url), { method: 'POST', headers, body: '{' });
  expect((await post({ origin: 'https://attacker.example' })).status).toBe(403);
  expect((await post({}, '/other')).status).toBe(404);
  expect((await post({})).status).toBe(400);
  expect((await fetch(url)).status).toBe(405);
  interruption.abort();
  expect(await exit).toBe(0);
});

it('pages have a cursor until the last one', () => {
  const items = [...Array(120).keys()];
  const first = pageOf(items, undefined);
  expect([first.items.length, first.total, first.nextCursor]).toEqual([50, 120, 'o50']);
  expect(pageOf(items, 'o100')).toEqual({ items: items.slice(100), total: 120, nextCursor: null });
  expect(() => pageOf(items, 'x')).toThrow('cursor: must be the nextCursor');
});

it('text of the inventory is cut and has no control characters', () => {
  expect(untrusted(`a\u001b[31m\n${'b'.repeat(500)}`)).toBe(`a${'b'.repeat(299)}`);
  expect(untrusted(undefined)).toBeNull();
});

it('the budget refills evenly', () => {
  let time = 0;
  const budget = createCallBudget(2, () => time);
  expect([budget.take(), budget.take(), budget.take()]).toEqual([0, 0, 30_000]);
  time = 30_000;
  expect([budget.take(), budget.take()]).toEqual([0, 30_000]);
});
