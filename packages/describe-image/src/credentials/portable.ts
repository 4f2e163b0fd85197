/**
 * Credential providers for any runtime. They use no environment, file, timer or process except through a {@link CredentialHost}.
 *
 * @packageDocumentation
 */

export type { StepName } from './credential-source.ts';
export type { CredentialHost, HostRequest } from './host/credential-host.ts';
export { type RefreshOptions, refreshing } from './session.ts';
export { CredentialSourceError, type SourceOutcome } from './source-error.ts';
export type { CliProfileOptions } from './sources/cli-profile-source.ts';
export { type ChainStep, type CredentialChain, CredentialChainError } from './sources/credential-chain.ts';
export { type DefaultCredentialsOptions, defaultCredentialsOn } from './sources/default-chain.ts';
export type { EcsOptions } from './sources/ecs-source.ts';
export type { ProcessOptions } from './sources/external-process.ts';
export type { OidcOptions } from './sources/oidc-source.ts';
export type { SharedFileOptions } from './sources/shared-file-source.ts';
export { functionComputeCredentials, staticCredentials } from './sources/static-credentials.ts';
export { type AssumeRoleOptions, assumeRoleOn } from './sts/assume-role.ts';
export type { RoleOptions } from './sts/role.ts';
export type { StsEndpointOptions } from './sts/sts-endpoint.ts';
export { type CallerIdentity, getCallerIdentityOperation } from './sts/sts-operations.ts';
