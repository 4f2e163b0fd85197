/**
 * The plugin in Chinese: the default export for the new frontend system, the resource for `createApp` of the old one.
 *
 * @packageDocumentation
 */
import { createFrontendModule, createTranslationResource } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { describeImageTranslationRef } from './translation-ref.ts';

/**
 * Chinese (`zh`), loaded when somebody chooses it. Pass it to `__experimentalTranslations.resources` of the old system's `createApp`.
 *
 * @public
 */
export const describeImageTranslations = createTranslationResource({
  ref: describeImageTranslationRef,
  translations: { zh: () => import('./translations/zh.ts') },
});

/**
 * Adds the Chinese texts to an app of the new frontend system: `createApp({ features: [describeImageTranslationsModule] })`.
 *
 * @public
 */
const describeImageTranslationsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({ name: 'describe-image', params: { resource: describeImageTranslations } }),
  ],
});

export default describeImageTranslationsModule;
export { describeImageTranslationRef };
