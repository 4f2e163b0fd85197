import type { HttpResponse } from '../../protocol/request.ts';
import type { CredentialHost } from '../host/credential-host.ts';

/** What a slow answer and whole seconds can amount to: less is no skew. */
const TOLERANCE_MS = 30_000;

/** How far the issuer's clock is ahead of the local one, by the `date` of its answer. 0 when it does not tell. */
export function issuerClockOffset(host: CredentialHost, { header }: HttpResponse): number {
  const offsetMs = Date.parse(header('date') ?? '') - host.now();
  return Math.abs(offsetMs) > TOLERANCE_MS ? offsetMs : 0;
}
