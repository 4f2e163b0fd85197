/**
 * The images of an entity by reference, one a line or separated by commas:
 * `[label =] host/namespace/repository:tag[@sha256:…]`. A digest is what the entity's owner declares it to be.
 *
 * @public
 */
export const CONTAINER_IMAGES_ANNOTATION = 'alibabacloud.com/container-images';

/**
 * The images of an entity by the four ids of DescribeImage, in the same way:
 * `[label =] region/instance/repository:tag[@sha256:…]`, for example `cn-hangzhou/cri-…/crr-…:1.4.2`.
 *
 * @public
 */
export const CONTAINER_IMAGE_IDS_ANNOTATION = 'alibabacloud.com/container-image-ids';

/**
 * Names the entry of `describeImage.instances` in the back end's configuration that knows the entity's images. Without it the
 * first one is asked.
 *
 * @public
 */
export const INSTANCE_ANNOTATION = 'alibabacloud.com/describe-image-instance';
