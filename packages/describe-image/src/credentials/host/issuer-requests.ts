import { DescribeImageError, ServiceError } from '../../errors/errors.ts';
import { isObject } from '../../protocol/is-object.ts';
import { describeUnreadable } from '../../protocol/parse-error.ts';
import type { HttpResponse } from '../../protocol/request.ts';
import { CredentialSourceError, sourceError } from '../source-error.ts';
import type { CredentialHost, HostRequest } from './credential-host.ts';

/** The JSON object of an answer with HTTP 200, and the clock of its service. */
export interface JsonAnswer {
  readonly document: Readonly<Record<string, unknown>>;
  readonly clockOffsetMs: number;
}

/**
 * Requests credentials from a local service or a sign-in service. Its answers hold keys, so errors repeat nothing of them.
 *
 * @throws CredentialSourceError naming `where` and the HTTP status.
 */
export async function requestJson(
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
      : new CredentialSourceError('unavailable', `${where}: no answer`, { cause: error });
  }
}

function readDocument(response: HttpResponse): Readonly<Record<string, unknown>> {
  const { status, body } = response;
  if (status !== 200) throw new ServiceError(`HTTP ${status}`, { status });
  try {
    const document: unknown = JSON.parse(body);
    if (isObject(document)) return document;
  } catch {
    // The parser's message quotes the text.
  }
  throw new ServiceError(describeUnreadable(response), { status });
}

/** Repeats a request once, immediately, after a fault that may have passed. Requesting credentials changes nothing. */
export async function tryTwice<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    if (DescribeImageError.isInstance(error) && error.retryable) return attempt();
    throw error;
  }
}

/** A slow answer and a date in whole seconds can differ by this much without any clock skew. */
const TOLERANCE_MS = 30_000;

/** How far the issuer's clock is ahead of the local one, from the `date` header of its answer. 0 without the header. */
export function issuerClockOffset(host: CredentialHost, { header }: HttpResponse): number {
  const offsetMs = Date.parse(header('date') ?? '') - host.now();
  return Math.abs(offsetMs) > TOLERANCE_MS ? offsetMs : 0;
}
