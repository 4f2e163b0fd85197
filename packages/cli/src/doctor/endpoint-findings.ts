import type { Client } from '@describe-image/core';
import { type Check, type Finding, failure, ok, skipped, warn } from './finding.ts';
import { otherSite } from './other-site.ts';
import type { DoctorSubject } from './subject.ts';

/** Whether the service is there, and what time it thinks it is. */
export interface EndpointProbe {
  readonly endpoint: Finding;
  /** How far the service's clock is ahead, by its Date header, in milliseconds. */
  readonly offsetMs: number | undefined;
}

export const ENDPOINT: Check = { check: 'endpoint', title: 'endpoint' };
export const CLOCK: Check = { check: 'clock', title: 'clock' };

/** Dates of signatures may differ by so much. */
const VALIDITY_MS = 15 * 60_000;
/** A Date header has whole seconds, and answers take their time. */
const TOLERANCE_MS = 5_000;

/** Sends one request without a signature: whatever is answered, its date tells the service's clock. */
export async function probeEndpoint(
  client: Client,
  region: string | undefined,
  { host, probeTimeoutMs }: DoctorSubject,
): Promise<EndpointProbe> {
  const { protocol, host: name, path, reason } = client.endpoint;
  const facts = { host: name, reason };
  try {
    const sentAt = host.now();
    const { header } = await host.request({
      method: 'GET',
      url: `${protocol}//${name}${path}`,
      headers: { accept: 'application/json' },
      timeoutMs: probeTimeoutMs,
      direct: false,
    });
    const middle = (sentAt + host.now()) / 2;
    // Half a second on average was cut off.
    const measured = Date.parse(header('date') ?? '') + 500 - middle;
    return {
      endpoint: answering(client, region, facts),
      offsetMs: Number.isNaN(measured) ? undefined : Math.round(measured),
    };
  } catch (error) {
    const failed = failure(ENDPOINT, error);
    return {
      endpoint: {
        ...failed,
        detail: `${failed.detail}; chosen: ${reason}`,
        facts: { ...failed.facts, ...facts },
      },
      offsetMs: undefined,
    };
  }
}

/** A profile knows the site of its account. */
function answering({ endpoint }: Client, region: string | undefined, facts: Finding['facts']): Finding {
  const { host, reason } = endpoint;
  const expectedHost = region === undefined ? undefined : otherSite(endpoint, region);
  if (expectedHost === undefined) return ok(ENDPOINT, `${host} answers; ${reason}`, facts);
  return warn(
    ENDPOINT,
    `${host} answers (${reason}), but the profile's region ${region} belongs to ${expectedHost}`,
    `If the account belongs to that site, add --region ${region} or set ALIBABA_CLOUD_REGION_ID=${region}.`,
    { ...facts, profileRegion: region, expectedHost },
  );
}

/** @param learntMs - What the client learnt from refusals. */
export function clockFinding(offsetMs: number | undefined, learntMs: number): Finding {
  const known = offsetMs ?? (learntMs === 0 ? undefined : learntMs);
  if (known === undefined)
    return skipped(CLOCK, 'not known: the answer had no date', 'Compare with `date -u` by hand.');
  const facts = { offsetMs: known, learntMs };
  const amount = Math.abs(known);
  if (amount <= TOLERANCE_MS)
    return ok(CLOCK, `the same as the service's, within ${TOLERANCE_MS / 1000} s`, facts);
  const words = `the service's is ${Math.round(amount / 1000)} s ${known > 0 ? 'ahead' : 'behind'}`;
  const remedy = "Set this machine's clock (NTP).";
  return amount <= VALIDITY_MS
    ? warn(CLOCK, `${words}: more than 15 minutes would be refused`, remedy, facts)
    : warn(
        CLOCK,
        `${words}: beyond 15 minutes requests are refused, so they are dated by its clock`,
        remedy,
        facts,
      );
}
