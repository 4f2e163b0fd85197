import { isIP } from 'node:net';

/** A certificate and its private key, in PEM. @public */
export interface TlsCertificate {
  readonly cert: string;
  readonly key: string;
}

const VALID_DAYS = 365;

/** Generates a self-signed certificate for the names of this machine. Each start has its own. */
export async function generateCertificate(host: string): Promise<TlsCertificate> {
  // Loaded only here, because few emulators use TLS.
  const { generate } = await import('selfsigned');
  const names = new Set(['localhost', '127.0.0.1', '::1', ...(UNSPECIFIED.has(host) ? [] : [host])]);
  const now = Date.now();
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'describe-image-emulator' }], {
    // An hour in the past, for clients whose clock is behind.
    notBeforeDate: new Date(now - 3_600_000),
    notAfterDate: new Date(now + VALID_DAYS * 86_400_000),
    algorithm: 'sha256',
    keyType: 'ec',
    curve: 'P-256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...names].map((name) =>
          isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name },
        ),
      },
    ],
  });
  return { cert, key };
}

/** The addresses of all interfaces are no names that a client can use. */
const UNSPECIFIED: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
