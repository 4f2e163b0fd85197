import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_DESCRIBE_IMAGE_ENTITY } from '@describe-image/backstage-plugin-describe-image-common';
import { z } from 'zod';

/** An entity that declares images, for the rules. */
export interface ImageEntity {
  readonly ownerRef: string | undefined;
}

/** A condition as a query of the overview: the owner is one of these. */
export interface OwnerQuery {
  readonly owners: readonly string[];
}

export const imageEntityResourceRef = createPermissionResourceRef<ImageEntity, OwnerQuery>().with({
  pluginId: 'describe-image',
  resourceType: RESOURCE_TYPE_DESCRIBE_IMAGE_ENTITY,
});

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow the images of entities whose owner is one of the claims',
  resourceRef: imageEntityResourceRef,
  paramsSchema: z.object({ claims: z.array(z.string()).describe('Entity refs of users and groups') }),
  apply: ({ ownerRef }, { claims }) => ownerRef !== undefined && claims.includes(ownerRef),
  toQuery: ({ claims }) => ({ owners: claims }),
});

export const imageEntityRules = { isOwner };

const exported = createConditionExports({ resourceRef: imageEntityResourceRef, rules: imageEntityRules });

/**
 * Conditions for `describeImageEntityReadPermission` in a permission policy.
 *
 * @public
 */
export const describeImageConditions: typeof exported.conditions = exported.conditions;

/**
 * Creates a decision with conditions for `describeImageEntityReadPermission` in a permission policy.
 *
 * @example
 * ```ts
 * import {
 *   createDescribeImageConditionalDecision,
 *   describeImageConditions,
 * } from '@describe-image/backstage-plugin-describe-image-backend';
 * import { describeImageEntityReadPermission } from '@describe-image/backstage-plugin-describe-image-common';
 *
 * const claims = ['group:default/team-shop'];
 * console.log(
 *   createDescribeImageConditionalDecision(describeImageEntityReadPermission, describeImageConditions.isOwner({ claims })),
 * );
 * ```
 *
 * @public
 */
export const createDescribeImageConditionalDecision: typeof exported.createConditionalDecision =
  exported.createConditionalDecision;
