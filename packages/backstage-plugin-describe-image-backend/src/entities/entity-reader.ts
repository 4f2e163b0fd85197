import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { type CompoundEntityRef, type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  type DeclaredImage,
  describeImageReadPermission,
  type ImageDeclaration,
  parseImageAnnotations,
} from '@describe-image/backstage-plugin-describe-image-common';

/** An entity and what it declares. */
export interface DeclaringEntity {
  readonly entity: Entity;
  readonly entityRef: string;
  readonly declaration: ImageDeclaration;
}

/** Reads entities as the caller may: everything that this back end says is about an image of one of them. */
export interface EntityReader {
  /**
   * @throws NotAllowedError without the permission to see images.
   * @throws NotFoundError for an entity that is not there or that the caller may not read: the answers do not differ.
   */
  read(entityRef: string | CompoundEntityRef, credentials: BackstageCredentials): Promise<DeclaringEntity>;
  /** Every entity with images that the caller may read. */
  readAll(credentials: BackstageCredentials): Promise<readonly DeclaringEntity[]>;
}

export function createEntityReader(services: {
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
}): EntityReader {
  const { catalog, permissions } = services;
  return {
    async read(entityRef, credentials) {
      // Each may be a request to another back end: they do not wait for each other.
      const [entity] = await Promise.all([
        catalog.getEntityByRef(entityRef, { credentials }),
        authorize(permissions, credentials),
      ]);
      const wanted = typeof entityRef === 'string' ? entityRef : stringifyEntityRef(entityRef);
      if (entity === undefined)
        throw new NotFoundError(`there is no entity ${JSON.stringify(wanted)} that you may read`);
      return declaring(entity);
    },
    async readAll(credentials) {
      await authorize(permissions, credentials);
      const entities: DeclaringEntity[] = [];
      const filter = [CONTAINER_IMAGES_ANNOTATION, CONTAINER_IMAGE_IDS_ANNOTATION].map((annotation) => ({
        [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
      }));
      for await (const page of catalog.streamEntities({ filter }, { credentials }))
        entities.push(...page.map(declaring));
      return entities;
    },
  };
}

/**
 * An image by its key, as the entity declares it.
 *
 * @throws NotFoundError for a key that the entity does not declare, whoever else may.
 */
export function findDeclared({ entityRef, declaration }: DeclaringEntity, key: string): DeclaredImage {
  const image = declaration.images.find((declared) => declared.key === key);
  if (image !== undefined) return image;
  throw new NotFoundError(`${entityRef} declares no image ${JSON.stringify(key.slice(0, 200))}`);
}

/**
 * The same, where an entity of one image need not name it.
 *
 * @throws InputError when it has to be named.
 */
export function findOnlyDeclared(declaring: DeclaringEntity, key: string | undefined): DeclaredImage {
  if (key !== undefined) return findDeclared(declaring, key);
  const [image, another] = declaring.declaration.images;
  if (image !== undefined && another === undefined) return image;
  if (image === undefined) throw new NotFoundError(`${declaring.entityRef} declares no image`);
  const keys = declaring.declaration.images.map((declared) => declared.key).join(', ');
  throw new InputError(`image: ${declaring.entityRef} declares several, name one of ${keys}`);
}

/** Reads what an entity declares. */
export function declaring(entity: Entity): DeclaringEntity {
  return { entity, entityRef: stringifyEntityRef(entity), declaration: parseImageAnnotations(entity) };
}

async function authorize(permissions: PermissionsService, credentials: BackstageCredentials): Promise<void> {
  const [decision] = await permissions.authorize([{ permission: describeImageReadPermission }], {
    credentials,
  });
  if (decision?.result === 'ALLOW') return;
  throw new NotAllowedError(
    `you lack the permission ${describeImageReadPermission.name}; ask who runs this Backstage for it`,
  );
}
