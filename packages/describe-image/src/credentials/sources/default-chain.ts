import type { CredentialHost } from '../host/credential-host.ts';
import { cliProfileSource } from './cli-profile-credentials.ts';
import { type CredentialChain, createChain } from './credential-chain.ts';
import type { CredentialSource } from './credential-source.ts';
import { uriSource } from './credentials-uri.ts';
import { ecsSource } from './ecs-credentials.ts';
import { environmentSource } from './environment-credentials.ts';
import type { ProcessOptions } from './external-process.ts';
import { oidcSource } from './oidc-credentials.ts';
import { sharedFileSource } from './shared-file-credentials.ts';

/** How the default chain is narrowed or widened. */
export interface DefaultCredentialsOptions extends ProcessOptions {
  /**
   * Only this profile, of `~/.aliyun/config.json` or else `~/.alibabacloud/credentials`: environment and instance are not asked.
   * Unlike `ALIBABA_CLOUD_PROFILE`, which names a profile for the steps that read files.
   */
  readonly profile?: string | undefined;
}

/** The chain over any host. */
export function defaultCredentialsOn(
  host: CredentialHost,
  options: DefaultCredentialsOptions = {},
): CredentialChain {
  const { profile } = options;
  const remedy = profile === undefined ? undefined : `Run: aliyun configure --profile ${profile}`;
  return createChain(defaultSources(host, options), { now: host.now, remedy });
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
