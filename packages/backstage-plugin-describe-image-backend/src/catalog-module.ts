/**
 * A module of the catalog that marks entities with invalid annotations. Add it with
 * `backend.add(import('@describe-image/backstage-plugin-describe-image-backend/catalog-module'))`.
 *
 * @packageDocumentation
 */
import { createBackendModule } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { type CatalogProcessor, catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  IMAGE_FAULTS_ANNOTATION,
  isDescribeImageAvailable,
  parseImageAnnotations,
} from '@describe-image/backstage-plugin-describe-image-common';

/** Bounds the length of the annotation. */
const MAX_FAULTS = 10;

/** An error of a processor would keep the entity out of the catalog, so the faults become an annotation. */
class ImageAnnotationsProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'DescribeImageAnnotationsProcessor';
  }

  async preProcessEntity(entity: Entity): Promise<Entity> {
    const { [IMAGE_FAULTS_ANNOTATION]: written, ...annotations } = entity.metadata.annotations ?? {};
    const faults = isDescribeImageAvailable(entity) ? parseImageAnnotations(entity).faults : [];
    if (faults.length === 0 && written === undefined) return entity;
    const lines = faults
      .slice(0, MAX_FAULTS)
      .map(
        ({ place: { annotation, line, column }, message }) => `${annotation}:${line}:${column}: ${message}`,
      );
    const marked =
      lines.length === 0 ? annotations : { ...annotations, [IMAGE_FAULTS_ANNOTATION]: lines.join('\n') };
    return { ...entity, metadata: { ...entity.metadata, annotations: marked } };
  }
}

/**
 * Adds the annotation `alibabacloud.com/container-image-faults` to entities with invalid items in their annotations, one fault per line.
 *
 * @public
 */
const catalogModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'describe-image-annotations',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addProcessor(new ImageAnnotationsProcessor());
      },
    });
  },
});

export default catalogModule;
