import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { type CompoundEntityRef, type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { BasicPermission, PolicyDecision } from '@backstage/plugin-permission-common';
import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  type DeclaredImage,
  describeImageEntityReadPermission,
  describeImageReadPermission,
  type ImageDeclaration,
  parseImageAnnotations,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ImageEntity } from '../permissions/image-entity-rules.ts';
import { ownerOf } from './relations.ts';

/** An entity and its parsed annotations. */
export interface DeclaringEntity {
  readonly entity: Entity;
  readonly entityRef: string;
  readonly declaration: ImageDeclaration;
}

/** Reads entities with the credentials of the caller, so that the catalog's permissions apply to images too. */
export interface EntityReader {
  /**
   * @throws NotAllowedError when the caller lacks the permission to see images, or those of this entity.
   * @throws NotFoundError when the entity does not exist or the caller may not read it. Both cases throw the same error.
   */
  read(entityRef: string | CompoundEntityRef, credentials: BackstageCredentials): Promise<DeclaringEntity>;
  /** @throws NotAllowedError when the caller lacks a permission, by default the one to see images. */
  authorize(credentials: BackstageCredentials, permission?: BasicPermission): Promise<void>;
  /** Reads all entities with images that the caller may read. */
  readAll(credentials: BackstageCredentials): Promise<readonly DeclaringEntity[]>;
}

/** Filter of the catalog for entities with an annotation that lists images. */
export const DECLARES_IMAGES = [CONTAINER_IMAGES_ANNOTATION, CONTAINER_IMAGE_IDS_ANNOTATION].map(
  (annotation) => ({ [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS }),
);

/** Creates the reader on the catalog and the permission framework. */
export function createEntityReader(services: {
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
  /** Applies the conditions of a decision to an entity. */
  readonly isAllowed: (decision: PolicyDecision, resource: ImageEntity | undefined) => boolean;
}): EntityReader {
  const { catalog, permissions, isAllowed } = services;
  return {
    async read(entityRef, credentials) {
      // Both can be requests to other back ends, so they run at the same time.
      const [entity, [decision]] = await Promise.all([
        catalog.getEntityByRef(entityRef, { credentials }),
        permissions.authorizeConditional([{ permission: describeImageEntityReadPermission }], {
          credentials,
        }),
        authorize(permissions, credentials),
      ]);
      const name = typeof entityRef === 'string' ? entityRef : stringifyEntityRef(entityRef);
      if (entity === undefined)
        throw new NotFoundError(`the entity ${JSON.stringify(name)} does not exist, or you may not read it`);
      if (decision === undefined || !isAllowed(decision, { ownerRef: ownerOf(entity) })) throw entityDenied();
      return parseEntity(entity);
    },
    authorize: (credentials, permission) => authorize(permissions, credentials, permission),
    async readAll(credentials) {
      await authorize(permissions, credentials);
      const entities: DeclaringEntity[] = [];
      for await (const page of catalog.streamEntities({ filter: DECLARES_IMAGES }, { credentials }))
        entities.push(...page.map(parseEntity));
      return entities;
    },
  };
}

/**
 * Finds an image of an entity by its key.
 *
 * @throws NotFoundError when the entity does not declare it.
 */
export function findDeclared({ entityRef, declaration }: DeclaringEntity, key: string): DeclaredImage {
  const image = declaration.images.find((declared) => declared.key === key);
  if (image !== undefined) return image;
  throw new NotFoundError(`${entityRef} does not declare the image ${JSON.stringify(key.slice(0, 200))}`);
}

/**
 * Finds an image of an entity by its key, or without a key the only image.
 *
 * @throws InputError when the entity declares several images and no key is given.
 */
export function findOnlyDeclared(entity: DeclaringEntity, key: string | undefined): DeclaredImage {
  if (key !== undefined) return findDeclared(entity, key);
  const { entityRef, declaration } = entity;
  const [image, another] = declaration.images;
  if (image !== undefined && another === undefined) return image;
  if (image === undefined) throw new NotFoundError(`${entityRef} does not declare an image`);
  const keys = declaration.images.map((declared) => declared.key).join(', ');
  throw new InputError(`image: ${entityRef} declares several images; set image to one of ${keys}`);
}

/** Parses the annotations of an entity. */
export function parseEntity(entity: Entity): DeclaringEntity {
  return { entity, entityRef: stringifyEntityRef(entity), declaration: parseImageAnnotations(entity) };
}

/** The error for a caller who may see images, but not of this entity. */
export function entityDenied(): NotAllowedError {
  return new NotAllowedError(
    `you lack the permission ${describeImageEntityReadPermission.name} for this entity; ask the administrator of this Backstage for it`,
  );
}

async function authorize(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
  permission: BasicPermission = describeImageReadPermission,
): Promise<void> {
  const [decision] = await permissions.authorize([{ permission }], { credentials });
  if (decision?.result === 'ALLOW') return;
  throw new NotAllowedError(
    `you lack the permission ${permission.name}; ask the administrator of this Backstage for it`,
  );
}
