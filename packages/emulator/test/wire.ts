import { connect } from 'node:net';

/** An answer as it was received. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireMessage {
  readonly method: string;
  readonly target: string;
  /** In the order and case in which they are sent. `connection: close` is added. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | undefined;
  /** How the body is framed. @default 'content-length' */
  readonly framing?: 'content-length' | 'chunked' | 'none' | undefined;
}

const FRAMING_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding']);

/** Sends exactly these bytes over a new socket and reads the whole answer. */
export function sendRaw(port: number, message: WireMessage): Promise<WireAnswer> {
  const body = Buffer.from(message.body ?? '', 'utf8');
  const framing = message.framing ?? 'content-length';
  const lines = [
    `${message.method} ${message.target} HTTP/1.1`,
    ...message.headers
      .filter(([name]) => !FRAMING_HEADERS.has(name.toLowerCase()))
      .map(([name, value]) => `${name}: ${value}`),
    ...(framing === 'content-length' ? [`content-length: ${body.length}`] : []),
    ...(framing === 'chunked' ? ['transfer-encoding: chunked'] : []),
    'connection: close',
    '',
    '',
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('error', reject);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(parseAnswer(Buffer.concat(chunks).toString('utf8'))));
    socket.write(Buffer.from(lines.join('\r\n'), 'latin1'));
    if (framing === 'chunked') {
      if (body.length > 0)
        socket.write(
          Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]),
        );
      socket.write('0\r\n\r\n');
    } else if (framing === 'content-length') {
      socket.write(body);
    }
  });
}

function parseAnswer(text: string): WireAnswer {
  const split = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...headerLines] = text.slice(0, split).split('\r\n');
  const headers = Object.fromEntries(
    headerLines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body: text.slice(split + 4) };
}
