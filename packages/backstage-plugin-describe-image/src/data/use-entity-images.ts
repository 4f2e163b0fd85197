import { stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  type EntityImages,
  type ImageReport,
  isDescribeImageAvailable,
} from '@describe-image/backstage-plugin-describe-image-common';
import { useState } from 'react';
import { describeImageApiRef } from '../api/describe-image-api.ts';
import { isPermissionDenied, useReadPermission } from './read-permission.ts';
import { type BackEndData, useBackEndData } from './use-back-end-data.ts';
import { useImageMoves } from './use-image-moves.ts';

/** The images of the entity in the context. */
export interface OpenEntityImages extends BackEndData<EntityImages> {
  readonly entityRef: string;
  /** The entity has an annotation that lists images. */
  readonly declared: boolean;
  readonly denied: boolean;
  /** Requests new observations from Alibaba Cloud. Resolves to `undefined` if that failed. */
  readonly refresh: () => Promise<EntityImages | undefined>;
  /** Why the last refresh failed. */
  readonly refreshError: Error | undefined;
  /** The images that the last refresh could not read. */
  readonly unrefreshed: readonly ImageReport[];
  readonly refreshing: boolean;
}

/** Loads the images of the entity in the context, and loads them again when one of their tags moves. */
export function useEntityImages(): OpenEntityImages {
  const { entity } = useEntity();
  const api = useApi(describeImageApiRef);
  const permission = useReadPermission();
  const entityRef = stringifyEntityRef(entity);
  const declared = isDescribeImageAvailable(entity);
  const [refreshing, setRefreshing] = useState(false);
  const [refreshError, setRefreshError] = useState<Error>();
  const [unrefreshed, setUnrefreshed] = useState<readonly ImageReport[]>([]);

  const key = declared && permission === 'granted' ? ['images', entityRef] : undefined;
  const images = useBackEndData(key, () => api.getEntityImages(entityRef));
  useImageMoves(({ image }) => {
    if (images.data?.images.some(({ id }) => id === image)) images.reload();
  });

  const refresh = async (): Promise<EntityImages | undefined> => {
    setRefreshing(true);
    try {
      const refreshed = await api.refreshEntityImages(entityRef);
      images.replace(refreshed);
      setRefreshError(undefined);
      setUnrefreshed(refreshed.images.filter(({ failure }) => failure !== undefined));
      return refreshed;
    } catch (error) {
      setRefreshError(toError(error));
      return undefined;
    } finally {
      setRefreshing(false);
    }
  };
  const denied = permission === 'denied' || isPermissionDenied(images.error);
  const loading = declared && (permission === 'loading' || images.loading);
  return { ...images, loading, entityRef, declared, denied, refresh, refreshError, unrefreshed, refreshing };
}
