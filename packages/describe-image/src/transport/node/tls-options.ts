import type { SecureContext } from 'node:tls';
import { ValidationError } from '../../errors/errors.ts';
import { loadModule } from './load-module.ts';

/**
 * TLS settings of Node's default transport, as `tls.connect` takes them. No option turns the verification of certificates
 * off; the environment variable `NODE_TLS_REJECT_UNAUTHORIZED=0` does, as for all of Node.
 *
 * @see {@link https://nodejs.org/api/tls.html#tlsconnectoptions-callback | tls.connect}
 * @public
 */
export interface TlsOptions {
  /** Certificates to trust in place of Node's own list, in PEM. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** @defaultValue Node's own: 'TLSv1.2' */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined;
  /** A client certificate, in PEM. */
  readonly cert?: string | Uint8Array | undefined;
  /** The client certificate's private key, in PEM. */
  readonly key?: string | Uint8Array | undefined;
  /** The passphrase of the private key. */
  readonly passphrase?: string | undefined;
  /** The name to verify, where it is not the endpoint's. */
  readonly servername?: string | undefined;
}

/** The part of the arguments of `tls.connect` that depends on the options. */
export interface TlsTarget {
  readonly secureContext?: SecureContext;
  readonly servername?: string;
}

/**
 * Reads the options into one context for all sockets of an origin, so that certificates are parsed once.
 *
 * @throws {@link ValidationError} for certificates or keys that OpenSSL cannot read. They are not quoted.
 */
export async function readTlsOptions(settings: TlsOptions | undefined): Promise<TlsTarget> {
  if (settings === undefined) return {};
  const { createSecureContext } = await loadModule('node:tls');
  const { ca, minVersion, cert, key, passphrase, servername } = settings;
  try {
    const secureContext = createSecureContext({
      ...(ca !== undefined && { ca: (Array.isArray(ca) ? ca : [ca]).map(toPem) }),
      ...(minVersion !== undefined && { minVersion }),
      ...(cert !== undefined && { cert: toPem(cert) }),
      ...(key !== undefined && { key: toPem(key) }),
      ...(passphrase !== undefined && { passphrase }),
    });
    return { secureContext, ...(servername !== undefined && { servername }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'an unknown error';
    throw new ValidationError(`tls: certificates and keys must be in PEM, got ${code}`);
  }
}

function toPem(text: string | Uint8Array): string | Buffer {
  return typeof text === 'string' ? text : Buffer.from(text);
}
