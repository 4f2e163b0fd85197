import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../src/endpoints/resolve-endpoint.ts';
import { describeImageOperation, rawOperation } from '../src/operations/index.ts';
import { buildRequest, signRequest } from '../src/protocol/index.ts';
import { credentials, ids, testClient, testRuntime } from './test-client.ts';

const nonce = '3156853299f313e23d1673dc12e1703d';
const NOW = Date.UTC(2023, 9, 26, 10, 22, 32);
const runtime = testRuntime({ now: () => NOW, nonce: () => nonce });
const endpoint = 'https://gw.example:8443/sas';

/** The arguments that a POSIX shell passes to each command. */
function wordsOf(commands: readonly string[]): string[][] {
  const script = `curl() { printf '%s\\0' curl "$@" '<end>'; }\naliyun() { printf '%s\\0' aliyun "$@" '<end>'; }\n${commands.join('\n')}\n`;
  const { stdout, stderr, status } = spawnSync('sh', [], {
    input: script,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect([stderr, status]).toEqual(['', 0]);
  return stdout
    .split('\0<end>\0')
    .slice(0, -1)
    .map((line) => line.split('\0'));
}

describe('explain', () => {
  it('returns every stage of signRequest', async () => {
    const signed = signRequest(
      buildRequest(describeImageOperation, ids(), resolveEndpoint({ endpoint })),
      credentials,
      { date: new Date(NOW), nonce },
    );
    const [, , query, ...rest] = signed.canonicalRequest.split('\n');
    const explanation = await testClient(endpoint, {}, runtime).explain(describeImageOperation, ids());
    expect(explanation).toMatchObject({
      action: 'DescribeImage',
      endpoint: 'https://gw.example:8443',
      endpointReason: 'set explicitly',
      ramAction: 'yundun-sas:DescribeImage',
      canonicalUri: '/sas',
      canonicalQuery: query,
      canonicalHeaders: `${rest.slice(0, -3).join('\n')}\n`,
      signedHeaders: rest.at(-2),
      hashedPayload: rest.at(-1),
      canonicalRequest: signed.canonicalRequest,
      hashedCanonicalRequest: createHash('sha256').update(signed.canonicalRequest).digest('hex'),
      stringToSign: signed.stringToSign,
      accessKeyId: 'LTAI***Id12',
    });
    const signature = /Signature=(\w+)/.exec(signed.headers['authorization'] ?? '')?.[1] ?? '';
    expect(explanation.signature).toBe(`${signature.slice(0, 8)}…`);
  });

  it('sends no request and rejects invalid input like the call', async () => {
    const client = testClient('http://127.0.0.1:1', {}, runtime);
    await client.explain(describeImageOperation, ids());
    await expect(client.explain(describeImageOperation, { ...ids(), imageTag: '' })).rejects.toMatchObject({
      code: 'Validation',
    });
  });

  it('removes the token from every stage and keeps the name of its header', async () => {
    const client = testClient(
      endpoint,
      { credentials: { ...credentials, securityToken: 'CAIStoken' } },
      runtime,
    );
    const explanation = await client.explain(describeImageOperation, ids());
    expect(JSON.stringify(explanation)).not.toContain('CAIStoken');
    expect(explanation.signedHeaders).toContain('x-acs-security-token');
    expect(explanation.canonicalRequest).toContain('x-acs-security-token:[redacted]\n');
  });

  it('returns a curl command with method, URL and all headers except the secret ones', async () => {
    const { curl, canonicalQuery, headers } = await testClient(endpoint, {}, runtime).explain(
      describeImageOperation,
      { ...ids(), imageTag: "it's $HOME" },
    );
    const [words] = wordsOf([curl]);
    expect(words?.slice(0, 4)).toEqual([
      'curl',
      '-X',
      'POST',
      `https://gw.example:8443/sas?${canonicalQuery}`,
    ]);
    const sent = words?.slice(4).filter((word) => word !== '-H');
    expect(sent).toEqual(
      Object.entries(headers)
        .filter(([name]) => name !== 'host')
        .map(([name, value]) => `${name}: ${value}`),
    );
    expect(sent).toContain('authorization: [redacted]');
  });

  it('returns a curl command with the body', async () => {
    const form = { ...rawOperation('X'), toRequest: () => ({ form: { Text: "it's" } }) };
    const { curl } = await testClient(endpoint, {}, runtime).explain(form, {});
    expect(wordsOf([curl])[0]?.slice(-2)).toEqual(['--data-raw', 'Text=it%27s']);
  });

  it('returns an aliyun command with product, action, parameters and endpoint', async () => {
    const { aliyun } = await testClient(endpoint, {}, runtime).explain(describeImageOperation, ids());
    expect(wordsOf([aliyun])).toEqual([
      [
        'aliyun',
        'sas',
        'DescribeImage',
        '--ImageRegionId',
        'cn-hangzhou',
        '--ImageInstanceId',
        'cri-1',
        '--ImageRepoId',
        'crr-1',
        '--ImageTag',
        't0',
        '--endpoint',
        'gw.example:8443',
      ],
    ]);
  });

  it('quotes names and values so that a shell passes them on unchanged', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .filter((value) => !value.includes('\0'));
    const hostile = [
      "'",
      '"',
      '$(id)',
      '`id`',
      '\\',
      '\n',
      '; id',
      "'; id; '",
      '!',
      '*',
      '~',
      '-x',
      '#',
      ' ',
      '&&',
    ];
    const pairs = [
      ...hostile.map((value) => [value, value] as const),
      ...fc.sample(fc.tuple(text, text), { numRuns: 300, seed: 5 }),
    ];
    const client = testClient(endpoint, {}, runtime);
    const explained = await Promise.all(
      pairs.map(([name, value]) => client.explain(rawOperation('X'), { [name]: value })),
    );
    const words = wordsOf(explained.flatMap(({ curl, aliyun }) => [curl, aliyun]));
    expect(words).toHaveLength(2 * pairs.length);
    pairs.forEach(([name, value], index) => {
      const [curl = [], aliyun = []] = words.slice(2 * index, 2 * index + 2);
      expect(curl[3]).toBe(`https://gw.example:8443/sas?${explained[index]?.canonicalQuery}`);
      expect(aliyun.slice(3, 5)).toEqual([`--${name}`, value]);
    });
  });
});
