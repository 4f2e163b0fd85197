import { DescribeImageError, ServiceError } from '../../errors/errors.ts';
import { isObject } from '../../protocol/is-object.ts';
import type { HttpResponse } from '../../protocol/request.ts';
import { unreadable } from '../../protocol/unreadable.ts';
import { CredentialSourceError, sourceError } from '../sources/credential-source-error.ts';
import { issuerClockOffset } from '../sts/issuer-clock.ts';
import { tryTwice } from '../sts/try-twice.ts';
import type { CredentialHost, HostRequest } from './credential-host.ts';

/** A JSON object that came with HTTP 200. */
export interface JsonAnswer {
  readonly document: Readonly<Record<string, unknown>>;
  readonly clockOffsetMs: number;
}

/**
 * Asks a local or sign-in service, which answers with keys: nothing of its answer is ever repeated.
 *
 * @throws CredentialSourceError naming `where` and the HTTP status.
 */
export async function askForJson(
  host: CredentialHost,
  where: string,
  request: HostRequest,
): Promise<JsonAnswer> {
  try {
    return await tryTwice(async () => {
      const response = await host.request(request);
      return { document: readDocument(response), clockOffsetMs: issuerClockOffset(host, response) };
    });
  } catch (error) {
    throw DescribeImageError.isInstance(error)
      ? sourceError(where, error)
      : new CredentialSourceError('unavailable', `${where}: no answer`);
  }
}

function readDocument(response: HttpResponse): Readonly<Record<string, unknown>> {
  const { status, body } = response;
  if (status !== 200) throw new ServiceError(`HTTP ${status}`, { status });
  try {
    const document: unknown = JSON.parse(body);
    if (isObject(document)) return document;
  } catch {
    // The parser quotes what it read.
  }
  throw new ServiceError(unreadable(response), { status });
}
