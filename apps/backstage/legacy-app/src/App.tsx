import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  AlertDisplay,
  OAuthRequestDialog,
  Sidebar,
  SidebarItem,
  SidebarPage,
  SidebarSpace,
  SignInPage,
} from '@backstage/core-components';
import { CatalogEntityPage, CatalogIndexPage, catalogPlugin } from '@backstage/plugin-catalog';
import { UserSettingsPage } from '@backstage/plugin-user-settings';
import { ImagesPage } from '@describe-image/backstage-plugin-describe-image/legacy';
import { describeImageTranslations } from '@describe-image/backstage-plugin-describe-image/translations';
import type { ComponentType, ReactElement } from 'react';
import { Navigate, Route } from 'react-router-dom';
import { entityPage } from './entity-page.tsx';
import { CatalogIcon, ImagesIcon, SettingsIcon } from './icons.tsx';

const app = createApp({
  plugins: [catalogPlugin],
  components: { SignInPage: (props) => <SignInPage {...props} providers={['guest']} /> },
  __experimentalTranslations: {
    availableLanguages: ['en', 'zh'],
    resources: [describeImageTranslations],
  },
});

const routes: ReactElement = (
  <FlatRoutes>
    <Route path="/" element={<Navigate to="catalog" />} />
    <Route path="/catalog" element={<CatalogIndexPage />} />
    <Route path="/catalog/:namespace/:kind/:name" element={<CatalogEntityPage />}>
      {entityPage}
    </Route>
    <Route path="/container-images" element={<ImagesPage />} />
    <Route path="/settings" element={<UserSettingsPage />} />
  </FlatRoutes>
);

/** The app in the old frontend system, where code lists every page and card. */
export const App: ComponentType = app.createRoot(
  <>
    <AlertDisplay />
    <OAuthRequestDialog />
    <AppRouter>
      <SidebarPage>
        <Sidebar>
          <SidebarItem icon={CatalogIcon} text="Catalog" to="catalog" />
          <SidebarItem icon={ImagesIcon} text="Images" to="container-images" />
          <SidebarSpace />
          <SidebarItem icon={SettingsIcon} text="Settings" to="settings" />
        </Sidebar>
        {routes}
      </SidebarPage>
    </AppRouter>
  </>,
);
