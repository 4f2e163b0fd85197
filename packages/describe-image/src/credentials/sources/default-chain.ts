import type { CredentialSource } from '../credential-source.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { cliProfileSource } from './cli-profile-source.ts';
import { type CredentialChain, createChain } from './credential-chain.ts';
import { ecsSource } from './ecs-source.ts';
import { environmentSource } from './environment-source.ts';
import type { ProcessOptions } from './external-process.ts';
import { oidcSource } from './oidc-source.ts';
import { sharedFileSource } from './shared-file-source.ts';
import { uriSource } from './uri-source.ts';

/** Which steps the default chain runs. @public */
export interface DefaultCredentialsOptions extends ProcessOptions {
  /**
   * Reads only this profile of `~/.aliyun/config.json` or `~/.alibabacloud/credentials`, and runs no other step. The variable
   * `ALIBABA_CLOUD_PROFILE` names a profile for those two steps too, but runs the others as well.
   */
  readonly profile?: string | undefined;
}

/**
 * The default chain on any host.
 *
 * @throws CredentialsError from the provider, listing every step and why it gave no credentials.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { defaultCredentialsOn, nodeHost } from '@describe-image/core/credentials';
 *
 * const credentials = defaultCredentialsOn(nodeHost(), { profile: 'dev' });
 * const client = createClient({ region: 'cn-hangzhou', credentials });
 * ```
 *
 * @public
 */
export function defaultCredentialsOn(
  host: CredentialHost,
  options: DefaultCredentialsOptions = {},
): CredentialChain {
  const { profile } = options;
  const remedy = profile === undefined ? undefined : `Run: aliyun configure --profile ${profile}`;
  return createChain(defaultSources(host, options), host, remedy);
}

function defaultSources(
  host: CredentialHost,
  options: DefaultCredentialsOptions,
): readonly CredentialSource[] {
  const { profile } = options;
  const files = [cliProfileSource(host, options), sharedFileSource(host, { profile })];
  if (profile !== undefined) return files;
  return [environmentSource(host), oidcSource(host), ...files, ecsSource(host), uriSource(host)];
}
