/**
 * Chinese texts of the plugin. The default export is a module for the new frontend system; the resource is for the old one.
 *
 * @packageDocumentation
 */
import { createFrontendModule, createTranslationResource } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { describeImageTranslationRef } from './translations/translation-ref.ts';

/**
 * The Chinese (`zh`) texts, loaded when a user selects the language. In the old frontend system, pass it to `createApp` in
 * `__experimentalTranslations.resources`.
 *
 * @public
 */
export const describeImageTranslations = createTranslationResource({
  ref: describeImageTranslationRef,
  translations: { zh: () => import('./translations/zh.ts') },
});

/**
 * Adds the Chinese texts to an app in the new frontend system: `createApp({ features: [describeImageTranslationsModule] })`.
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
