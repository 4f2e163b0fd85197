/**
 * The back end of the plugin describe-image. Add it with `backend.add(import('@describe-image/backstage-plugin-describe-image-backend'))`.
 *
 * @packageDocumentation
 */
export { describeImagePlugin as default } from './plugin.ts';
