import { resolveEndpoint } from '../../endpoints/resolve-endpoint.ts';
import { ValidationError } from '../../errors/errors.ts';
import type { Endpoint } from '../../protocol/request.ts';
import { type CredentialHost, isSwitchedOn, variable } from '../host/credential-host.ts';

/** Which STS endpoint is used. Without any option it is the central one, `sts.aliyuncs.com`. @public */
export interface StsEndpointOptions {
  /** Uses the endpoint of this region. @defaultValue `ALIBABA_CLOUD_STS_REGION` */
  readonly stsRegion?: string | undefined;
  /** `vpc` uses `sts-vpc.<region>.aliyuncs.com`. @defaultValue `vpc` when `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` is true */
  readonly stsNetwork?: 'public' | 'vpc' | undefined;
  /** A host or an http(s) URL. Takes precedence over region and network. @defaultValue `ALIBABA_CLOUD_STS_ENDPOINT` */
  readonly stsEndpoint?: string | undefined;
}

/**
 * Chooses the STS endpoint. Options take precedence over the environment: an endpoint in the environment does not replace a region
 * in the options.
 *
 * @throws {@link ValidationError} for an invalid region or endpoint, and for `vpc` without a region.
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-endpoint | Endpoints of STS}
 * @public
 */
export function resolveStsEndpoint(host: CredentialHost, options: StsEndpointOptions = {}): Endpoint {
  const endpoint =
    options.stsEndpoint ??
    (options.stsRegion === undefined ? variable(host, 'ALIBABA_CLOUD_STS_ENDPOINT') : undefined);
  if (endpoint !== undefined) return custom(endpoint);
  const region = options.stsRegion ?? variable(host, 'ALIBABA_CLOUD_STS_REGION');
  const vpc =
    (options.stsNetwork ?? (isSwitchedOn(host, 'ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED') ? 'vpc' : 'public')) ===
    'vpc';
  if (region === undefined) {
    if (vpc)
      throw new ValidationError(
        'stsNetwork: the VPC endpoint of STS needs a region; set ALIBABA_CLOUD_STS_REGION',
      );
    return custom('sts.aliyuncs.com');
  }
  if (!/^[a-z]{2,}(-[a-z0-9]+)+$/.test(region))
    throw new ValidationError('the region of STS must be an id such as "cn-hangzhou"');
  return custom(`${vpc ? 'sts-vpc' : 'sts'}.${region}.aliyuncs.com`);
}

function custom(endpoint: string): Endpoint {
  try {
    return resolveEndpoint({ endpoint });
  } catch {
    // The text may come from a file of keys, so the message does not quote it.
    throw new ValidationError(
      'the endpoint of STS must be a host or an http(s) URL such as "https://sts.aliyuncs.com"',
    );
  }
}
