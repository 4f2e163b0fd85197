import type { Client, Image, ImageFilter, ListImagesOptions } from '@describe-image/core';

/** Images that became known together. */
export interface ImageBatch {
  readonly images: readonly Image[];
  readonly totalCount: number | undefined;
  readonly inventoryChanged: boolean;
  readonly requestId: string | undefined;
  readonly observedAt: Date;
}

/** Page after page as they arrive; sorted ones can only come all at once. */
export async function* readBatches(
  client: Client,
  filter: ImageFilter,
  options: ListImagesOptions,
): AsyncGenerator<ImageBatch, void, undefined> {
  const list = client.listImages(filter, options);
  if (options.newestFirst) {
    const { requestIds, ...listing } = await list.all();
    yield { ...listing, requestId: requestIds.at(-1) };
    return;
  }
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  for await (const page of list.pages()) {
    yield { ...page, images: page.images.slice(0, left) };
    left -= page.images.length;
    if (left <= 0) return;
  }
}
