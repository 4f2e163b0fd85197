import { Sidebar, SidebarDivider, SidebarItem, SidebarSpace } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint, type NavContentNavItem } from '@backstage/plugin-app-react';
import type { ReactElement } from 'react';
import './navigation.css';

function Item({ href, icon, title }: NavContentNavItem): ReactElement {
  return <SidebarItem className="acme-nav-item" icon={() => icon} text={title} to={href} />;
}

/** The sidebar: the pages that the demo is about first, and the settings last. */
export const navigation = createFrontendModule({
  pluginId: 'app',
  extensions: [
    NavContentBlueprint.make({
      params: {
        component: ({ navItems }) => {
          const items = navItems.withComponent(Item);
          const settings = items.take('page:user-settings');
          return (
            <Sidebar>
              {items.take('page:catalog')}
              {items.take('page:describe-image')}
              {items.rest()}
              <SidebarSpace />
              <SidebarDivider />
              {settings}
            </Sidebar>
          );
        },
      },
    }),
  ],
});
