/**
 * Signing for hosts that send with their own HTTP client: any Alibaba Cloud RPC API.
 *
 * @packageDocumentation
 */
export { requestUrl } from '../transport/request-target.ts';
export { type HostRequest, rpcRequest } from './rpc-request.ts';
