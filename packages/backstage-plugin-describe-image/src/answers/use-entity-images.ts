import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  type EntityImages,
  isDescribeImageAvailable,
} from '@describe-image/backstage-plugin-describe-image-common';
import { useState } from 'react';
import { describeImageApiRef } from '../api/describe-image-api-ref.ts';
import { isDenied } from './is-denied.ts';
import { type Answer, useAnswer } from './use-answer.ts';
import { useImageMoves } from './use-image-moves.ts';
import { useReadingRight } from './use-reading-right.ts';

/** The images of the entity whose page is open. */
export interface OpenEntityImages extends Answer<EntityImages> {
  readonly entityRef: string;
  /** The entity has an annotation that names images. */
  readonly declared: boolean;
  readonly denied: boolean;
  /** Has Alibaba Cloud asked again; resolves to whether that worked. */
  readonly refresh: () => Promise<boolean>;
  readonly refreshing: boolean;
}

export function useEntityImages(): OpenEntityImages {
  const { entity } = useEntity();
  const api = useApi(describeImageApiRef);
  const right = useReadingRight();
  const entityRef = stringifyEntityRef(entity);
  const declared = isDescribeImageAvailable(entity);
  const [refreshing, setRefreshing] = useState(false);

  const wanted = declared && right === 'granted' ? ['images', entityRef] : undefined;
  const answer = useAnswer(wanted, () => api.getEntityImages(entityRef));
  useImageMoves(({ image }) => {
    if (answer.data?.images.some(({ id }) => id === image)) answer.ask();
  });

  const refresh = async (): Promise<boolean> => {
    setRefreshing(true);
    try {
      answer.put(await api.refreshEntityImages(entityRef));
      return true;
    } catch {
      return false;
    } finally {
      setRefreshing(false);
    }
  };
  const denied = right === 'denied' || isDenied(answer.error);
  const loading = declared && (right === 'loading' || answer.loading);
  return { ...answer, loading, entityRef, declared, denied, refresh, refreshing };
}
