/**
 * Where credentials come from, in Node. Everything else takes a {@link CredentialHost}.
 *
 * @packageDocumentation
 */

export { nodeHost } from './host/node-host.ts';
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
export * from './portable.ts';
