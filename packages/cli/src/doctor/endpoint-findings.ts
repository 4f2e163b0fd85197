import type { Client, Endpoint } from '@describe-image/core';
import { resolveEndpoint } from '@describe-image/core/protocol';
import { type Check, type Finding, failure, ok, skipped, warn } from './finding.ts';
import type { DoctorSubject } from './subject.ts';

/** Whether the endpoint answers, and the offset of its clock. */
export interface EndpointProbe {
  readonly endpoint: Finding;
  /** Milliseconds by which the service's clock is ahead, from its Date header. */
  readonly offsetMs: number | undefined;
}

export const ENDPOINT: Check = { check: 'endpoint', title: 'endpoint' };
export const CLOCK: Check = { check: 'clock', title: 'clock' };

/** The service rejects signatures whose date differs by more. */
const VALIDITY_MS = 15 * 60_000;
/** Below the precision of this measurement: the Date header has whole seconds, and a response takes time. */
const TOLERANCE_MS = 5_000;

/** Sends one unsigned request. Any response, even an error, shows that the endpoint is reachable, and contains its date. */
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
    // The Date header truncates half a second on average.
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

/** Warns when the profile's region is on the other public site. */
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

/** @param learntMs - Offset that the client measured when a request was rejected for its date. */
export function clockFinding(offsetMs: number | undefined, learntMs: number): Finding {
  const known = offsetMs ?? (learntMs === 0 ? undefined : learntMs);
  if (known === undefined)
    return skipped(
      CLOCK,
      'unknown: the response has no Date header',
      'Compare the output of `date -u` with a reference clock.',
    );
  const facts = { offsetMs: known, learntMs };
  const amount = Math.abs(known);
  if (amount <= TOLERANCE_MS)
    return ok(CLOCK, `within ${TOLERANCE_MS / 1000} s of the service's clock`, facts);
  const offset = `the service's clock is ${Math.round(amount / 1000)} s ${known > 0 ? 'ahead' : 'behind'}`;
  const remedy = "Set this machine's clock by NTP.";
  return amount <= VALIDITY_MS
    ? warn(CLOCK, `${offset}; the service rejects more than 15 minutes`, remedy, facts)
    : warn(
        CLOCK,
        `${offset}; the service rejects more than 15 minutes, so requests use its time`,
        remedy,
        facts,
      );
}

/** One region of each public site. */
const SITES = ['cn-hangzhou', 'ap-southeast-1'];

/**
 * Host of the public site that serves `region`, when `host` is the other public site. `undefined` for VPC and custom endpoints, which
 * were chosen on purpose.
 */
export function otherSite({ host }: Pick<Endpoint, 'host'>, region: string): string | undefined {
  const hosts = SITES.map((site) => resolveEndpoint({ region: site }).host);
  if (!hosts.includes(host) || !/^[a-z0-9-]+$/.test(region)) return undefined;
  const expected = resolveEndpoint({ region }).host;
  return expected === host ? undefined : expected;
}
