import type { Random } from './random.ts';

/** The bytes that a server sends, in the parts in which they arrive. */
export function generateResponse(random: Random): readonly Buffer[] {
  let bytes = Buffer.from(responseText(random), 'latin1');
  if (random.chance(0.5))
    for (let count = 1 + random.below(3); count > 0; count--) bytes = mutate(random, bytes);
  return split(random, bytes);
}

const REASONS = [' OK', ' ', '', ' Not Found', ' \xe9t\xe9', ' a\tb'];
const STATUSES = ['200', '200', '200', '201', '204', '304', '400', '403', '503'];
const BAD_STATUSES = ['100', '101', '099', '600', '2000', '20', 'abc'];
const BAD_VERSIONS = ['HTTP/1.2', 'HTTP/2.0', 'http/1.1', 'HTTP/0.9', 'HTTP/1.10', 'ICY'];
const HEADERS = [
  'Content-Type: application/json',
  'content-type:text/html',
  'X-Acs-Request-Id: 7E0618A9',
  'x-acs-request-id:  a \t',
  'x-acs-request-id: second',
  'Date: Tue, 24 Nov 2026 19:00:00 GMT',
  'Connection: close',
  'Connection: keep-alive',
  'Connection: Keep-Alive, Close',
  'Keep-Alive: timeout=5, max=3',
  'X-Empty:',
  'X-Latin: \xe9\xff',
  'Upgrade: h2c',
  'Set-Cookie: a=b',
];
const BAD_HEADERS = [
  'Server : space',
  ' folded',
  '\tfolded',
  'no colon',
  ': no name',
  'X-Control: \x01',
  'X-Null: \0',
  'X(Y): z',
];
const BODIES = [
  '',
  '{}',
  '{"Data":{"Digest":"70590f"}}',
  'x'.repeat(300),
  '\xe6\xa0\x87',
  '\xff\xfe',
  '0\r\n\r\n',
];

function responseText(random: Random): string {
  let text = '';
  while (random.chance(0.06))
    text += `HTTP/1.1 ${random.pick(['100 Continue', '103 Early Hints', '102', '103 A\r\nLink: x', '101 Switch'])}\r\n\r\n`;
  const headers: string[] = [];
  for (let count = random.below(5); count > 0; count--)
    headers.push(random.pick(random.chance(0.03) ? BAD_HEADERS : HEADERS));
  const { framing, body } = framedBody(random);
  for (const header of framing) headers.splice(random.below(headers.length + 1), 0, header);
  const version = random.chance(0.05) ? random.pick(BAD_VERSIONS) : `HTTP/1.${random.chance(0.1) ? 0 : 1}`;
  const status = random.pick(random.chance(0.05) ? BAD_STATUSES : STATUSES);
  const head = [`${version} ${status}${random.pick(REASONS)}`, ...headers];
  text += `${head.join('\r\n')}\r\n\r\n${body}`;
  return random.chance(0.05) ? `${text}${random.pick(['\r\n', '\n', 'x', 'HTTP/1.1 200 OK\r\n\r\n'])}` : text;
}

function framedBody(random: Random): { readonly framing: readonly string[]; readonly body: string } {
  const body = random.pick(BODIES);
  const length = `${random.pick(['Content-Length', 'content-length'])}: ${body.length}`;
  switch (random.below(16)) {
    case 0:
      return { framing: [], body };
    case 1:
      return { framing: [length, length], body };
    case 2: {
      const value = random.pick(['+2', '-1', '0x2', '2, 2', '2 2', '', ' 2 ', '1e1', '99999999999999999999']);
      return { framing: [`Content-Length:${value}`], body: '{}' };
    }
    case 3:
      return { framing: [`Transfer-Encoding: chunked`, length], body: chunked(random, body) };
    case 4:
      return {
        framing: [
          `Transfer-Encoding: ${random.pick(['gzip, chunked', 'identity', 'Chunked', 'chunked, chunked', 'xchunked'])}`,
        ],
        body: chunked(random, body),
      };
    case 5:
    case 6:
    case 7:
    case 8:
      return { framing: ['Transfer-Encoding: chunked'], body: chunked(random, body) };
    default:
      return { framing: [length], body };
  }
}

function chunked(random: Random, body: string): string {
  let text = '';
  for (let at = 0; at < body.length; ) {
    const size = 1 + random.below(Math.min(body.length - at, 20));
    const digits = random.pick([size.toString(16), `0${size.toString(16)}`, size.toString(16).toUpperCase()]);
    const extension = random.chance(0.05) ? random.pick([';a=b', ';a', ';', ' ', ';a="b"', '; a=b']) : '';
    text += `${digits}${extension}\r\n${body.slice(at, at + size)}\r\n`;
    at += size;
  }
  const trailers = random.chance(0.1)
    ? random.pick(['X-Trailer: a\r\n', 'bad trailer\r\n', 'Content-Length: 3\r\n'])
    : '';
  return `${text}0\r\n${trailers}\r\n`;
}

const INSERTED = [
  '\r',
  '\n',
  '\r\n',
  '\0',
  ' ',
  '\t',
  ':',
  ';',
  ',',
  '0',
  '\x7f',
  '\x80',
  '\r\n ',
  'chunked',
  'Content-Length: 1\r\n',
];

function mutate(random: Random, bytes: Buffer): Buffer<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const end = Math.min(at + 1 + random.below(6), bytes.length);
  const [before, range, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([before, Buffer.from(random.pick(INSERTED), 'latin1'), range, after]);
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, range, range, after]);
    case 3:
      return Buffer.concat([before]);
    case 4:
      return Buffer.concat([before, Buffer.of(random.below(256)), range.subarray(1), after]);
    default:
      return Buffer.concat([before, Buffer.from(range.toString('latin1').toUpperCase(), 'latin1'), after]);
  }
}

function split(random: Random, bytes: Buffer): Buffer[] {
  const longest = random.pick([1, 3, 40, 10_000, 10_000]);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random.below(longest);
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}
