import type { OptionDefinition } from '../command-definition.ts';

/** What names an image besides the region. */
export const IMAGE_REGION_OPTION: OptionDefinition = {
  flags: '--image-region <id>',
  description: 'region of the image, where --region is to pick the endpoint alone',
};
export const INSTANCE_OPTION: OptionDefinition = {
  flags: '--instance <id>',
  description: 'registry instance, for example cri-…',
};
export const REPO_OPTION: OptionDefinition = {
  flags: '--repo <id>',
  description: 'repository, for example crr-…',
};
export const TAG_OPTION: OptionDefinition = { flags: '--tag <tag>', description: 'tag of the image' };
