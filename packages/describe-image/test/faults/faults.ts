import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { apiError, GOOD, response, type Script } from './fault-server.ts';

/** One fault, and how a call must end. */
export interface Fault {
  readonly name: string;
  readonly script: Script;
  readonly onConnection?: (socket: Socket) => void;
  /** A code of this package's errors, or `answer`. */
  readonly outcome: string;
  readonly attempts: number;
  /** The outcome where a transport reports the fault otherwise. */
  readonly except?: Readonly<Record<string, { readonly outcome: string }>>;
  /** Calls before the one that meets the fault. */
  readonly callsBefore?: number;
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const BOMB = /* @__PURE__ */ gzipSync(Buffer.alloc(64 * 2 ** 20));

const sends =
  (bytes: string | Buffer): Script =>
  ({ socket }) =>
    socket.write(bytes);

/** The bytes arrive before the reset, which would overtake them. */
const resetsAfter =
  (bytes: string): Script =>
  ({ socket }) => {
    socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 5));
  };

const firstThenGood =
  (first: Script): Script =>
  (request) =>
    request.index === 0 ? first(request) : request.socket.write(GOOD);

/** Every call may be retried three times. */
export const FAULTS: readonly Fault[] = [
  { name: 'no response', script: () => {}, outcome: 'Timeout', attempts: 4 },
  {
    name: 'a hang within the head',
    script: sends('HTTP/1.1 200 OK\r\nContent-Le'),
    outcome: 'Timeout',
    attempts: 4,
  },
  { name: 'a hang within the body', script: sends(`${HEAD}{"RequestId"`), outcome: 'Timeout', attempts: 4 },
  {
    name: 'a hang within the chunks',
    script: sends(`${CHUNKED}5\r\n{"Req`),
    outcome: 'Timeout',
    attempts: 4,
  },
  {
    name: 'a drip of one byte each 10 ms',
    script: ({ socket }) => {
      socket.write(HEAD);
      const timer = setInterval(() => socket.write(' '), 10);
      socket.once('close', () => clearInterval(timer));
    },
    outcome: 'Timeout',
    attempts: 4,
  },
  {
    name: 'a reset of the connection before the request',
    script: () => {},
    onConnection: (socket) => socket.resetAndDestroy(),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'a reset before the head',
    script: ({ socket }) => socket.resetAndDestroy(),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'a reset within the head',
    script: resetsAfter('HTTP/1.1 200 OK\r\nCont'),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'a reset within the body',
    script: resetsAfter(`${HEAD}{"Request`),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'a reset within the chunks',
    script: resetsAfter(`${CHUNKED}5\r\n{"Req`),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'a body cut short',
    script: ({ socket }) => socket.end(`${HEAD}{"Requ`),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'chunks cut short',
    script: ({ socket }) => socket.end(`${CHUNKED}5\r\n{"Req\r\n`),
    outcome: 'Network',
    attempts: 4,
  },
  { name: 'a close before the head', script: ({ socket }) => socket.end(), outcome: 'Network', attempts: 4 },
  {
    name: 'one reset, then a good answer',
    script: firstThenGood(resetsAfter('HTTP')),
    outcome: 'answer',
    attempts: 2,
  },
  { name: 'one hang, then a good answer', script: firstThenGood(() => {}), outcome: 'answer', attempts: 2 },
  {
    name: 'a body of 33 MiB',
    script: ({ socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${33 * 2 ** 20}\r\n\r\n`);
      socket.write(Buffer.alloc(33 * 2 ** 20, ' '));
    },
    outcome: 'Service',
    attempts: 1,
  },
  {
    name: 'chunks of 33 MiB',
    script: ({ socket }) => {
      socket.write(CHUNKED);
      const chunk = Buffer.from(`100000\r\n${' '.repeat(2 ** 20)}\r\n`);
      for (let count = 0; count < 33; count++) socket.write(chunk);
    },
    outcome: 'Service',
    attempts: 1,
  },
  {
    name: 'a gzip body that grows to 64 MiB',
    script: sends(response(BOMB, { headers: 'Content-Encoding: gzip\r\n' })),
    outcome: 'Service',
    attempts: 1,
  },
  { name: 'an HTML page', script: sends(response('<html>login</html>')), outcome: 'Service', attempts: 1 },
  {
    name: 'an HTML page with status 502',
    script: sends(response('<html>Bad Gateway</html>', { status: '502 Bad Gateway' })),
    outcome: 'Service',
    attempts: 4,
  },
  {
    name: 'an XML error',
    script: sends(response('<Error><Code>NoPermission</Code></Error>', { status: '403 Forbidden' })),
    outcome: 'Permission',
    attempts: 1,
  },
  {
    name: 'truncated JSON',
    script: sends(response('{"RequestId":"R","Da')),
    outcome: 'Service',
    attempts: 4,
  },
  {
    name: 'a redirect',
    script: sends(response('', { status: '307 x', headers: 'Location: /x\r\n' })),
    outcome: 'Service',
    attempts: 1,
  },
  {
    name: 'a body longer than its length',
    script: sends(`HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${'{"RequestId":"R"}'}`),
    outcome: 'Network',
    attempts: 4,
    // They hand out the ten bytes, which are not a complete JSON document.
    except: { fetch: { outcome: 'Service' }, undici: { outcome: 'Service' } },
  },
  { name: 'another protocol', script: sends('SSH-2.0-OpenSSH_9.6\r\n'), outcome: 'Network', attempts: 4 },
  {
    name: 'two lengths',
    script: sends('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} '),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'a head of 1 MiB',
    script: sends(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(2 ** 20)}\r\n\r\n`),
    outcome: 'Network',
    attempts: 4,
  },
  {
    name: 'an idle connection that the server closes',
    script: ({ socket, index }) => {
      socket.write(GOOD);
      if (index === 0) setTimeout(() => socket.end(), 5);
    },
    callsBefore: 1,
    outcome: 'answer',
    attempts: 1,
  },
  {
    name: 'a connection that the server closes as the request arrives',
    script: ({ socket, indexOnSocket }) => {
      if (indexOnSocket === 0) socket.write(GOOD);
      else socket.destroy();
    },
    callsBefore: 1,
    outcome: 'answer',
    attempts: 2,
  },
  {
    name: 'a clock that is an hour wrong',
    script: ({ socket, index }) => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      socket.write(index === 0 ? apiError('400 x', 'InvalidTimeStamp.Expired', `Date: ${date}\r\n`) : GOOD);
    },
    outcome: 'answer',
    attempts: 2,
  },
  {
    name: 'endless throttling',
    script: sends(apiError('400 x', 'Throttling.User')),
    outcome: 'Throttling',
    attempts: 4,
  },
  {
    name: 'endless 503',
    script: sends(apiError('503 x', 'ServiceUnavailable')),
    outcome: 'Service',
    attempts: 4,
  },
];
