import { ValidationError } from '../errors/errors.ts';
import type { Endpoint } from '../protocol/request.ts';
import { isDocumentedRegion, isRegionId, nearestRegion, vpcHost } from './endpoint-map.ts';

/** Selects the endpoint. Without options it is the endpoint of the China site. @public */
export interface EndpointOptions {
  /** A region of the account, for example `cn-hangzhou`. Not the region of an image. */
  readonly region?: string | undefined;
  /** A host, or a URL with scheme, port and path. Takes precedence over the other options. */
  readonly endpoint?: string | undefined;
  /** `vpc` selects the endpoint that is reachable only inside an Alibaba Cloud VPC. @defaultValue 'public' */
  readonly network?: 'public' | 'vpc' | undefined;
}

const CHINA = 'tds.cn-shanghai.aliyuncs.com';
const INTERNATIONAL = 'tds.ap-southeast-1.aliyuncs.com';

/**
 * Selects the endpoint: the given one, else the VPC endpoint of the region, else the public site of the region. `cn-` regions belong to
 * the China site, all others to the international site; this rule also applies to regions that are not documented.
 *
 * @throws {@link ValidationError} for an endpoint that is not a host or an http(s) URL, for a text that does not have the shape of a
 * region id, and for a region without a VPC endpoint.
 *
 * @example
 * ```ts
 * import { resolveEndpoint } from '@describe-image/core';
 *
 * console.log(resolveEndpoint({ region: 'eu-central-1' }).host); // tds.ap-southeast-1.aliyuncs.com
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-endpoint | Endpoints of Security Center}
 * @public
 */
export function resolveEndpoint(options: EndpointOptions = {}): Endpoint {
  const { region, endpoint, network } = options;
  if (endpoint !== undefined) return customEndpoint(endpoint);
  // A text of another shape is rejected, so that the keys of one site are not sent to the other.
  if (region !== undefined && !isRegionId(region))
    throw new ValidationError(
      `region: must be a region id, got ${JSON.stringify(region)}; did you mean "${nearestRegion(String(region))}"?`,
    );
  if (network === 'vpc') {
    const host = region && vpcHost(region);
    if (!host)
      throw new ValidationError(
        `network: "vpc" requires a region with a documented VPC endpoint, got ${JSON.stringify(region)}; omit network, or set endpoint`,
      );
    return fromHost(host, `the VPC endpoint documented for ${region}`);
  }
  if (region === undefined) return fromHost(CHINA, 'no region was given, and the China site is the default');
  const basis = isDocumentedRegion(region) ? 'documented for' : 'by rule, not by documentation, for';
  return region.startsWith('cn-')
    ? fromHost(CHINA, `the China site, ${basis} ${region}`)
    : fromHost(INTERNATIONAL, `the international site, ${basis} ${region}`);
}

function customEndpoint(endpoint: string): Endpoint {
  const requirement =
    'endpoint: must be a host or an http(s) URL such as "https://tds.cn-shanghai.aliyuncs.com"';
  let url: URL;
  try {
    url = new URL(endpoint.includes('://') ? endpoint : `https://${endpoint}`);
  } catch {
    // Text before the host or after the path may be a secret, so it is not quoted.
    throw new ValidationError(
      /[@?#]/.test(endpoint) ? requirement : `${requirement}, got ${JSON.stringify(endpoint)}`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new ValidationError(`${requirement}, without user, query and fragment`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ValidationError(`${requirement}, got ${JSON.stringify(endpoint)}`);
  return fromUrl(url, 'set explicitly');
}

function fromHost(host: string, reason: string): Endpoint {
  return { protocol: 'https:', host, hostname: host, port: 443, path: '/', reason };
}

function fromUrl(url: URL, reason: string): Endpoint {
  const protocol = url.protocol === 'http:' ? 'http:' : 'https:';
  const port = url.port === '' ? (protocol === 'http:' ? 80 : 443) : Number(url.port);
  return { protocol, host: url.host, hostname: url.hostname, port, path: url.pathname, reason };
}
