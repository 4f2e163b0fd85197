import { useApi } from '@backstage/frontend-plugin-api';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { type DescribeImageApi, describeImageApiRef } from '../api/describe-image-api.ts';
import { type BackEndData, useBackEndData } from './use-back-end-data.ts';
import { useImageMoves } from './use-image-moves.ts';

/** An image that an entity declares. */
export interface DeclaredImageProps {
  readonly entityRef: string;
  readonly image: ImageReport;
}

/**
 * Loads data about one image, and loads it again when its tag moves.
 *
 * @param query - name and parameters of the data
 */
export function useImageData<Data>(
  { entityRef, image }: DeclaredImageProps,
  query: readonly unknown[],
  load: (api: DescribeImageApi) => Promise<Data>,
): BackEndData<Data> {
  const api = useApi(describeImageApiRef);
  const data = useBackEndData([...query, entityRef, image.key], () => load(api));
  useImageMoves((signal) => {
    if (signal.image === image.id) data.reload();
  });
  return data;
}
