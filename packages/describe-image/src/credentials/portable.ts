// What needs a host but no Node: nothing here reaches for an environment, a file, a timer or a process.

export type { CredentialHost, HostRequest } from './host/credential-host.ts';
export type { CliProfileOptions } from './sources/cli-profile-credentials.ts';
export { type ChainStep, type CredentialChain, CredentialChainError } from './sources/credential-chain.ts';
export type { StepName } from './sources/credential-source.ts';
export { CredentialSourceError, type SourceOutcome } from './sources/credential-source-error.ts';
export { type DefaultCredentialsOptions, defaultCredentialsOn } from './sources/default-chain.ts';
export type { EcsOptions } from './sources/ecs-credentials.ts';
export type { ProcessOptions } from './sources/external-process.ts';
export { functionComputeCredentials } from './sources/function-compute-credentials.ts';
export type { OidcOptions } from './sources/oidc-credentials.ts';
export type { SharedFileOptions } from './sources/shared-file-credentials.ts';
export { staticCredentials } from './sources/static-credentials.ts';
export { type AssumeRoleOptions, assumeRoleOn } from './sts/assume-role.ts';
export type { RoleOptions } from './sts/role.ts';
export { type RefreshOptions, refreshing } from './sts/session.ts';
export type { StsEndpointOptions } from './sts/sts-endpoint.ts';
export { type CallerIdentity, getCallerIdentityOperation } from './sts/sts-operations.ts';
