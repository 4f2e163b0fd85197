/**
 * Where credentials come from, in Node. Everything else takes a {@link CredentialHost}.
 *
 * @packageDocumentation
 */
export {
  assumeRole,
  cliProfileCredentials,
  credentialsUri,
  defaultCredentials,
  ecsCredentials,
  environmentCredentials,
  explainChain,
  type OnHost,
  oidcCredentials,
  resolveStsEndpoint,
  sharedFileCredentials,
} from './node-credentials.ts';
export { nodeHost } from './node-host.ts';
export * from './portable-names.ts';
