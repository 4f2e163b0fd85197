/**
 * Which host serves a region, and why.
 *
 * @packageDocumentation
 */
export type { Endpoint } from '../protocol/endpoint.ts';
export { type EndpointOptions, resolveEndpoint } from './resolve-endpoint.ts';
