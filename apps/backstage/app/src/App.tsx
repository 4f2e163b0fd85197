import { createApp } from '@backstage/frontend-defaults';
import describeImageTranslationsModule from '@describe-image/backstage-plugin-describe-image/translations';

// Plugins are found among the dependencies of the package; modules that only carry texts are named.
export const app = createApp({ features: [describeImageTranslationsModule] });
