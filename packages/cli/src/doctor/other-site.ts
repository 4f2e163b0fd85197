import type { Endpoint } from '@describe-image/core';
import { resolveEndpoint } from '@describe-image/core/protocol';

/** One region of each public site. */
const SITES = ['cn-hangzhou', 'ap-southeast-1'];

/** The public site that serves a region, when another public site is asked. An endpoint of any other kind is meant. */
export function otherSite({ host }: Pick<Endpoint, 'host'>, region: string): string | undefined {
  const hosts = SITES.map((site) => resolveEndpoint({ region: site }).host);
  if (!hosts.includes(host) || !/^[a-z0-9-]+$/.test(region)) return undefined;
  const expected = resolveEndpoint({ region }).host;
  return expected === host ? undefined : expected;
}
