import { createApp } from '@backstage/frontend-defaults';
import describeImageTranslationsModule from '@describe-image/backstage-plugin-describe-image/translations';
import { navigation } from './navigation.tsx';

// Backstage discovers plugins in the dependencies of package.json. It does not discover translation modules.
export const app = createApp({ features: [describeImageTranslationsModule, navigation] });
