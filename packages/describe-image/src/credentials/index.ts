/**
 * Credential providers for Node. The names of `./credentials/portable` are exported here too.
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
