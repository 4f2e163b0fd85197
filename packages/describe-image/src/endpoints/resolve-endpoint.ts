import { ValidationError } from '../errors/errors.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import { isDocumentedRegion, vpcHost } from './endpoint-map.ts';

/** Where the caller's data lives. All optional: without any, the China site answers. */
export interface EndpointOptions {
  /** A region of the account, for example `cn-hangzhou`. Not the region of an image. */
  readonly region?: string | undefined;
  /** A host, or a URL with scheme, port and path. Wins over everything else. */
  readonly endpoint?: string | undefined;
  /** `vpc` picks the endpoint that is reachable inside an Alibaba Cloud VPC only. @defaultValue 'public' */
  readonly network?: 'public' | 'vpc' | undefined;
}

const CHINA = 'tds.cn-shanghai.aliyuncs.com';
const INTERNATIONAL = 'tds.ap-southeast-1.aliyuncs.com';

/**
 * Chooses the endpoint: a custom one, else the VPC table, else the rule that two public sites serve every region.
 *
 * @throws {@link ValidationError} for an endpoint that is not a host or an http(s) URL, and for a region without a VPC endpoint.
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-endpoint | Endpoints of Security Center}
 * @public
 */
export function resolveEndpoint({ region, endpoint, network }: EndpointOptions = {}): Endpoint {
  if (endpoint !== undefined) return customEndpoint(endpoint);
  if (region !== undefined && !/^[a-z0-9-]+$/.test(region))
    throw new ValidationError(`region: wanted an id such as "cn-hangzhou", got ${JSON.stringify(region)}`);
  if (network === 'vpc') {
    const host = region && vpcHost(region);
    if (!host)
      throw new ValidationError(
        `network: no VPC endpoint is documented for region ${JSON.stringify(region)}; leave network out, or set endpoint`,
      );
    return fromHost(host, `the VPC endpoint documented for ${region}`);
  }
  if (region === undefined) return fromHost(CHINA, 'no region was given: the China site is the default');
  const basis = isDocumentedRegion(region) ? 'documented for' : 'which by rule, not by documentation, serves';
  return region.startsWith('cn-')
    ? fromHost(CHINA, `the China site, ${basis} ${region}`)
    : fromHost(INTERNATIONAL, `the international site, ${basis} ${region}`);
}

function customEndpoint(endpoint: string): Endpoint {
  const wanted = 'endpoint: wanted a host or an http(s) URL such as "https://tds.cn-shanghai.aliyuncs.com"';
  let url: URL;
  try {
    url = new URL(endpoint.includes('://') ? endpoint : `https://${endpoint}`);
  } catch {
    // What precedes the host or follows the path may be a secret: such text is not quoted.
    throw new ValidationError(/[@?#]/.test(endpoint) ? wanted : `${wanted}, got ${JSON.stringify(endpoint)}`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new ValidationError(`${wanted}, without user, query or fragment`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ValidationError(`${wanted}, got ${JSON.stringify(endpoint)}`);
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
