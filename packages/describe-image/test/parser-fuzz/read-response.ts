import * as http from 'node:http';
import { Duplex } from 'node:stream';
import { ResponseReader } from '../../src/transport/node/socket/response-reader.ts';

/** A response as a client reads it from the bytes of a server. */
export interface Outcome {
  readonly status: number;
  readonly body: string;
  readonly requestId: string | undefined;
  readonly contentType: string | undefined;
  readonly reusable: boolean;
}

const READ_BUFFER = Buffer.alloc(64 * 1024, '\r\n');

/** Reads with the client's own reader, from one buffer that every read overwrites. Undefined means rejected. */
export function readWithReader(parts: readonly Buffer[]): Outcome | undefined {
  const reader = new ResponseReader();
  try {
    let complete = false;
    for (const part of parts) {
      // Bytes that arrive after the end close the idle socket.
      if (complete) return outcomeOf(reader, false);
      part.copy(READ_BUFFER);
      complete = reader.read(READ_BUFFER, part.length);
    }
    if (complete) return outcomeOf(reader, reader.reusable);
    return reader.end() ? outcomeOf(reader, false) : undefined;
  } catch {
    return undefined;
  }
}

function outcomeOf({ head, body }: ResponseReader, reusable: boolean): Outcome | undefined {
  if (head === undefined) return undefined;
  return {
    status: head.status,
    body: body.toString(),
    requestId: head.header('x-acs-request-id'),
    contentType: head.header('content-type'),
    reusable,
  };
}

/** Reads with Node's own HTTP client over a socket in memory. */
export function readWithNode(parts: readonly Buffer[]): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    let reusable = false;
    const socket = new MemorySocket();
    const agent = new http.Agent({ keepAlive: true });
    agent.createConnection = () => socket;
    Reflect.set(agent, 'keepSocketAlive', () => {
      reusable = true;
      return false;
    });
    const request = http.request({ method: 'POST', agent });
    const reject = (): void => {
      socket.destroy();
      resolve(undefined);
    };
    request.on('error', reject).on('upgrade', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject).on('aborted', reject);
      response.on('end', () => {
        // The agent learns on the next tick whether the socket can be reused.
        setImmediate(() => {
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            requestId: joined(response, 'x-acs-request-id'),
            contentType: joined(response, 'content-type'),
            reusable,
          });
          socket.destroy();
        });
      });
    });
    request.end();
    for (const part of parts) socket.push(part);
    socket.push(null);
  });
}

/** Every value of a header, where Node would drop the second of some. */
function joined({ rawHeaders }: http.IncomingMessage, name: string): string | undefined {
  const values = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
  return values.length === 0 ? undefined : values.join(', ');
}

class MemorySocket extends Duplex {
  override _read(): void {}
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
