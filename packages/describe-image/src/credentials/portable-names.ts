// What needs a host but no Node: nothing here reaches for an environment, a file, a timer or a process.
export { type AssumeRoleOptions, assumeRoleOn } from './assume-role.ts';
export type { CliProfileOptions } from './cli-profile-credentials.ts';
export { type ChainStep, type CredentialChain, CredentialChainError } from './credential-chain.ts';
export type { CredentialHost, HostRequest } from './credential-host.ts';
export type { StepName } from './credential-source.ts';
export { CredentialSourceError, type SourceOutcome } from './credential-source-error.ts';
export { type DefaultCredentialsOptions, defaultCredentialsOn } from './default-chain.ts';
export type { EcsOptions } from './ecs-credentials.ts';
export type { ProcessOptions } from './external-process.ts';
export { functionComputeCredentials } from './function-compute-credentials.ts';
export type { OidcOptions } from './oidc-credentials.ts';
export type { RoleOptions } from './role.ts';
export { type RefreshOptions, refreshing } from './session.ts';
export type { SharedFileOptions } from './shared-file-credentials.ts';
export { staticCredentials } from './static-credentials.ts';
export type { StsEndpointOptions } from './sts-endpoint.ts';
export { type CallerIdentity, getCallerIdentityOperation } from './sts-operations.ts';
