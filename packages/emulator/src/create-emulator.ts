import type { AddressInfo } from 'node:net';
import { ADMIN_PATH, adminRoutes } from './admin/admin-routes.ts';
import type { Emulator } from './emulator.ts';
import { type EmulatorOptions, resolveEmulatorOptions } from './emulator-options.ts';
import { createParts } from './emulator-parts.ts';
import { answerRpc } from './gateway/gateway.ts';
import { requestPath } from './gateway/wire-request.ts';
import { answerMetadata, CREDENTIALS_PATH, METADATA_PATH } from './metadata/answer-metadata.ts';
import { createHttpServer } from './server/http-server.ts';
import { generateCertificate } from './tls-certificate.ts';

/**
 * Starts an emulator of Alibaba Cloud Security Center's image API, with STS, instance metadata and a credentials URI.
 *
 * @throws {SeedError} when the seed does not have the documented shape.
 * @throws {RangeError} when an option is out of range.
 *
 * @example
 * ```ts
 * import { createEmulator } from '@describe-image/emulator';
 *
 * const emulator = await createEmulator();
 * console.log(emulator.url);
 * await emulator.close();
 * ```
 *
 * @public
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const resolved = resolveEmulatorOptions(options);
  const parts = createParts(resolved);
  const { clock, faults, log, metadata, reset, restore, snapshot, world: state } = parts;
  const { tls, host } = resolved;
  const certificate = tls === true ? await generateCertificate(host) : tls === false ? undefined : tls;
  const server = createHttpServer(
    (request) =>
      isMetadata(requestPath(request)) ? answerMetadata(request, parts) : answerRpc(request, parts),
    () => clock.now(),
    certificate,
  );
  await server.register(adminRoutes({ ...parts, state }, resolved.adminToken), { prefix: ADMIN_PATH });
  await server.listen({ port: resolved.port, host });
  const { port } = listeningAddress(server.server.address());
  const url = `${certificate === undefined ? 'http' : 'https'}://${hostName(host)}:${port}`;
  const close = (): Promise<void> => server.close();

  return {
    url,
    port,
    certificate: certificate?.cert,
    metadataUrl: url,
    credentialsUri: `${url}${CREDENTIALS_PATH}`,
    requests: log.entries,
    clock,
    state,
    faults,
    metadata,
    reset,
    snapshot,
    restore,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isMetadata(path: string): boolean {
  return path.startsWith(`${METADATA_PATH}/`) || path === CREDENTIALS_PATH;
}

// Clients cannot connect to the address of all interfaces, but to the loopback address, which is one of them.
function hostName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function listeningAddress(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string')
    throw new Error('createEmulator: the server must listen on TCP');
  return address;
}
