/**
 * The back end of the plugin describe-image; add it with `backend.add(import('…'))`.
 *
 * @packageDocumentation
 */
export { describeImagePlugin as default } from './plugin.ts';
