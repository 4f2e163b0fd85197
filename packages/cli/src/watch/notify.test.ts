import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { notify, signedUrl } from './notify.ts';
import type { TagEvent } from './tag-history.ts';

const EVENT: TagEvent = {
  schemaVersion: 1,
  event: 'moved',
  image: 'shop/a:1',
  key: 'k',
  from: `sha256:${'a'.repeat(64)}`,
  to: `sha256:${'b'.repeat(64)}`,
  at: '2026-11-24T00:00:00.000Z',
  since: null,
  scope: 'references',
};

/** A receiver that answers with these statuses and bodies, in order. */
async function receiver(...answers: readonly (readonly [status: number, body: string])[]) {
  const received: { url: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const [status, body] = answers[Math.min(received.length, answers.length - 1)] ?? [200, ''];
    received.push({ url: request.url ?? '', body: JSON.parse(text) });
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // a listening TCP server has an AddressInfo
  return { url: `http://127.0.0.1:${port}/hook?access_token=t0ken`, received };
}
const delivery = { signal: undefined, delaysMs: [0, 0] };

it.each([
  ['generic', { schemaVersion: 1, events: [EVENT] }],
  ['slack', { text: 'describe-image: 1 changes\nmoved: shop/a:1 sha256:aaaaaaaaaaaa → sha256:bbbbbbbbbbbb' }],
  [
    'dingtalk',
    {
      msgtype: 'text',
      text: {
        content: 'describe-image: 1 changes\nmoved: shop/a:1 sha256:aaaaaaaaaaaa → sha256:bbbbbbbbbbbb',
      },
    },
  ],
] as const)('sends the body that a %s webhook accepts', async (kind, body) => {
  const { url, received } = await receiver([200, '{"errcode":0}']);
  await notify({ kind, url }, [EVENT], delivery);
  expect(received).toEqual([{ url: '/hook?access_token=t0ken', body }]);
});

it('retries after a failure and after an error code of DingTalk', async () => {
  const { url, received } = await receiver([503, ''], [200, '{"errcode":130101}'], [200, '{"errcode":0}']);
  await notify({ kind: 'dingtalk', url }, [EVENT], delivery);
  expect(received).toHaveLength(3);
});

it.each([
  ['gives up after the last retry', 503, 3],
  ['does not retry a rejected request', 404, 1],
])('%s, without the URL in the message', async (_, status, attempts) => {
  const { url, received } = await receiver([status, 'no']);
  const sending = notify({ kind: 'slack', url }, [EVENT], delivery);
  await expect(sending).rejects.toMatchObject({
    exitCode: 9,
    message: expect.stringMatching(new RegExp(`^slack webhook at 127\\.0\\.0\\.1:\\d+: HTTP ${status} no$`)),
  });
  expect(received).toHaveLength(attempts);
});

it('signs requests to DingTalk as documented', () => {
  // printf '1700000000000\nSECtest' | openssl dgst -sha256 -hmac SECtest -binary | base64
  const url = new URL(
    signedUrl('https://oapi.dingtalk.com/robot/send?access_token=x', 'SECtest', 1700000000000),
  );
  expect(url.searchParams.get('timestamp')).toBe('1700000000000');
  expect(url.searchParams.get('sign')).toBe('aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=');
  expect(url.searchParams.get('access_token')).toBe('x');
});
