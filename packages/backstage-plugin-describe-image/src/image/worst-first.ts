import { compareImageStates, type ImageReport } from '@describe-image/backstage-plugin-describe-image-common';

/** Sorts images by their states, worst first. Images in the same state keep the order of the annotation. */
export function worstFirst(images: readonly ImageReport[]): ImageReport[] {
  return [...images].sort((a, b) => compareImageStates(a.state, b.state));
}
