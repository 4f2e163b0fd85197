import { assumeRole } from '../sts/assume-role.ts';
import { assumeRoleWithOidc } from '../sts/assume-role-with-oidc.ts';
import { getCallerIdentity } from '../sts/get-caller-identity.ts';
import { describeImage } from './describe-image.ts';
import { describeImageCriteria, describeImageRepoCriteria } from './describe-image-criteria.ts';
import { describeImageInstances } from './describe-image-instances.ts';
import { describeImageStatistics } from './describe-image-statistics.ts';
import { describeImageVulList } from './describe-image-vul-list.ts';
import type { Operation } from './operation.ts';

/** Every operation of the RPC API. */
export const OPERATIONS: readonly Operation[] = [
  describeImage,
  describeImageInstances,
  describeImageRepoCriteria,
  describeImageCriteria,
  describeImageStatistics,
  describeImageVulList,
  assumeRole,
  assumeRoleWithOidc,
  getCallerIdentity,
];
