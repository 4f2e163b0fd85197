import { createRouteRef, type RouteRef } from '@backstage/frontend-plugin-api';

/** The page of all images. @public */
export const rootRouteRef: RouteRef = createRouteRef();
