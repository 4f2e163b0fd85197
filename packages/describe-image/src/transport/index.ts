/**
 * Transports to give to `createClient({ send })` in place of the default one.
 *
 * @packageDocumentation
 */
export { type Fetch, fetchSend, type StreamReader } from './fetch/fetch-send.ts';
export { type Dispatcher, undiciSend } from './fetch/undici-send.ts';
export type { Send, SendOptions } from './send.ts';
