import type { SecureContext } from 'node:tls';
import { ValidationError } from '../errors/errors.ts';
import { loadModule } from './load-module.ts';

type Pem = string | Uint8Array;

/** The TLS settings that both Node routes support. */
export interface TlsSettings {
  readonly ca?: Pem | readonly Pem[] | undefined;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined;
  readonly cert?: Pem | undefined;
  readonly key?: Pem | undefined;
  readonly passphrase?: string | undefined;
  /** The name to verify, where it is not the endpoint's. */
  readonly servername?: string | undefined;
}

/** The part of the options of `tls.connect` that the settings decide. */
export interface TlsTarget {
  readonly secureContext?: SecureContext;
  readonly servername?: string;
}

/**
 * Reads the settings into one context for all sockets of an origin: reading certificates for each socket would repeat the work.
 *
 * @throws {@link ValidationError} for certificates or keys that OpenSSL cannot read. They are not quoted.
 */
export async function readTlsSettings(settings: TlsSettings | undefined): Promise<TlsTarget> {
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
    const code = error instanceof Error && 'code' in error ? error.code : 'an unknown fault';
    throw new ValidationError(`tls: wanted certificates and keys in PEM, got ${code}`);
  }
}

function toPem(text: Pem): string | Buffer {
  return typeof text === 'string' ? text : Buffer.from(text);
}
