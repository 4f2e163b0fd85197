import type { CredentialProvider, Credentials } from '../protocol/credentials.ts';
import type { Endpoint } from '../protocol/request.ts';
import type { CredentialSource } from './credential-source.ts';
import type { CredentialHost } from './host/credential-host.ts';
import { nodeHost } from './host/node-host.ts';
import { createSession } from './session.ts';
import { type CliProfileOptions, cliProfileSource } from './sources/cli-profile-source.ts';
import type { ChainStep, CredentialChain } from './sources/credential-chain.ts';
import { type DefaultCredentialsOptions, defaultCredentialsOn } from './sources/default-chain.ts';
import { type EcsOptions, ecsSource } from './sources/ecs-source.ts';
import { environmentSource } from './sources/environment-source.ts';
import { type OidcOptions, oidcSource } from './sources/oidc-source.ts';
import { type SharedFileOptions, sharedFileSource } from './sources/shared-file-source.ts';
import { uriSource } from './sources/uri-source.ts';
import { type AssumeRoleOptions, assumeRoleOn } from './sts/assume-role.ts';
import { resolveStsEndpoint as resolveOn, type StsEndpointOptions } from './sts/sts-endpoint.ts';

/** The machine that a provider runs on. @public */
export interface OnHost {
  /** Replaces the environment, files, clock and network of the process. @defaultValue `nodeHost()` */
  readonly host?: CredentialHost | undefined;
}

/**
 * Finds credentials where the vendor's own tools do, in the same order: environment, OIDC (RRSA), CLI profile, shared file, ECS
 * instance role, credentials URI. Create one provider and keep it: it holds the session.
 *
 * @throws CredentialsError from the provider, listing every step and why it gave no credentials.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { defaultCredentials } from '@describe-image/core/credentials';
 *
 * const client = createClient({ region: 'cn-hangzhou', credentials: defaultCredentials() });
 * ```
 *
 * @public
 */
export function defaultCredentials(options: DefaultCredentialsOptions & OnHost = {}): CredentialChain {
  return defaultCredentialsOn(options.host ?? nodeHost(), options);
}

/**
 * Runs every step of the default chain and reports what was found, with the key id masked, or why there is nothing.
 *
 * @example
 * ```ts
 * import { explainChain } from '@describe-image/core/credentials';
 *
 * for (const { label, status, detail } of await explainChain()) console.log(`${label}: ${status} (${detail})`);
 * ```
 *
 * @public
 */
export function explainChain(
  options: DefaultCredentialsOptions & OnHost = {},
): Promise<readonly ChainStep[]> {
  return defaultCredentials(options).explain();
}

/**
 * Keys in the variables `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for STS,
 * `ALIBABA_CLOUD_SECURITY_TOKEN`.
 *
 * @throws CredentialsError from the provider, naming the variable that is missing or wrong.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { environmentCredentials } from '@describe-image/core/credentials';
 *
 * const client = createClient({ region: 'cn-hangzhou', credentials: environmentCredentials() });
 * ```
 *
 * @public
 */
export function environmentCredentials({ host = nodeHost() }: OnHost = {}): CredentialProvider {
  return sessionOf(host, environmentSource(host));
}

/**
 * A profile of `~/.aliyun/config.json`, in any mode that can sign.
 *
 * @throws CredentialsError from the provider, naming the file, the profile and the field that is missing or wrong.
 * @see {@link https://www.alibabacloud.com/help/en/cli/configure-credentials | Configure credentials of Alibaba Cloud CLI}
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { cliProfileCredentials } from '@describe-image/core/credentials';
 *
 * const credentials = cliProfileCredentials({ profile: 'dev' });
 * const client = createClient({ region: 'cn-hangzhou', credentials });
 * ```
 *
 * @public
 */
export function cliProfileCredentials(options: CliProfileOptions & OnHost = {}): CredentialProvider {
  const { host = nodeHost() } = options;
  return sessionOf(host, cliProfileSource(host, options));
}

/**
 * A section of `~/.alibabacloud/credentials`.
 *
 * @throws CredentialsError from the provider, naming the file, the section and the key that is missing or wrong.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { sharedFileCredentials } from '@describe-image/core/credentials';
 *
 * const credentials = sharedFileCredentials({ path: '/run/secrets/alibabacloud' });
 * const client = createClient({ region: 'cn-hangzhou', credentials });
 * ```
 *
 * @public
 */
export function sharedFileCredentials(options: SharedFileOptions & OnHost = {}): CredentialProvider {
  const { host = nodeHost() } = options;
  return sessionOf(host, sharedFileSource(host, options));
}

/**
 * A role for the OIDC token of a pod (RRSA), from the options or the variables that ACK sets.
 *
 * @throws CredentialsError from the provider, naming the variable, the token file or the rejection of STS.
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc | AssumeRoleWithOIDC}
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { oidcCredentials } from '@describe-image/core/credentials';
 *
 * const client = createClient({ region: 'cn-hangzhou', credentials: oidcCredentials() });
 * ```
 *
 * @public
 */
export function oidcCredentials(options: Partial<OidcOptions> & OnHost = {}): CredentialProvider {
  const { host = nodeHost() } = options;
  return sessionOf(host, oidcSource(host, options));
}

/**
 * The role of this ECS instance.
 *
 * @throws CredentialsError from the provider, when the metadata service does not answer or no role is attached.
 * @see {@link https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata | Instance metadata}
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { ecsCredentials } from '@describe-image/core/credentials';
 *
 * const credentials = ecsCredentials({ disableV1: true });
 * const client = createClient({ region: 'cn-hangzhou', credentials });
 * ```
 *
 * @public
 */
export function ecsCredentials(options: EcsOptions & OnHost = {}): CredentialProvider {
  const { host = nodeHost() } = options;
  return sessionOf(host, ecsSource(host, options));
}

/**
 * Keys from a local HTTP service.
 *
 * @param uri - `http` or `https`, without user and password. @defaultValue `ALIBABA_CLOUD_CREDENTIALS_URI`
 * @throws CredentialsError from the provider, without the answer and without the path and query of the URI.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { credentialsUri } from '@describe-image/core/credentials';
 *
 * const credentials = credentialsUri('http://127.0.0.1:8080/credentials');
 * const client = createClient({ region: 'cn-hangzhou', credentials });
 * ```
 *
 * @public
 */
export function credentialsUri(uri?: string, { host = nodeHost() }: OnHost = {}): CredentialProvider {
  return sessionOf(host, uriSource(host, uri));
}

/**
 * A role that is assumed with the credentials of any other provider.
 *
 * @throws ValidationError naming the option that is wrong.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { assumeRole, defaultCredentials } from '@describe-image/core/credentials';
 *
 * const credentials = assumeRole(defaultCredentials(), {
 *   roleArn: 'acs:ram::1234567890123456:role/image-reader',
 * });
 * const client = createClient({ region: 'cn-hangzhou', credentials });
 * ```
 *
 * @public
 */
export function assumeRole(
  source: Credentials | CredentialProvider,
  options: AssumeRoleOptions & OnHost,
): CredentialProvider {
  return assumeRoleOn(options.host ?? nodeHost(), source, options);
}

/**
 * The STS endpoint that these providers use, for a client of your own.
 *
 * @throws ValidationError for an invalid region or endpoint.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { defaultCredentials, getCallerIdentityOperation, resolveStsEndpoint } from '@describe-image/core/credentials';
 *
 * const endpoint = resolveStsEndpoint({ stsRegion: 'cn-hangzhou' }).host;
 * const sts = createClient({ endpoint, credentials: defaultCredentials() });
 * console.log((await sts.call(getCallerIdentityOperation, {})).output.arn);
 * ```
 *
 * @public
 */
export function resolveStsEndpoint(options: StsEndpointOptions & OnHost = {}): Endpoint {
  return resolveOn(options.host ?? nodeHost(), options);
}

function sessionOf(host: CredentialHost, { find }: CredentialSource): CredentialProvider {
  return createSession(find, host);
}
