import type { CommandDefinition, OptionDefinition } from '../command-definition.ts';
import { parseCount } from '../parse-count.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION, TAG_OPTION } from './image-id-options.ts';
import { IMAGES_OUTPUTS } from './images-outputs.ts';

/** Which images: all conditions must hold. */
export const FILTER_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--repo-name <name>', description: 'name of the repository, for example checkout' },
  { flags: '--namespace <name>', description: 'namespace of the repository, for example shop' },
  TAG_OPTION,
  { flags: '--digest <digest>', description: 'with or without sha256:' },
  INSTANCE_OPTION,
  REPO_OPTION,
  IMAGE_REGION_OPTION,
  { flags: '--risk', description: 'images in which a scan found something' },
  { flags: '--scanned', description: 'images that are scanned' },
  { flags: '--not-scanned', description: 'images that are not scanned yet' },
];

export const imagesCommand: CommandDefinition = {
  name: 'images',
  summary: "list the images in Security Center's inventory",
  description: [
    'Lists the images that Security Center has synchronised, with what its last scan found.',
    'SCAN is one of clean, risky, stale (changed since it was scanned), scanning, failed and unknown. A count that the service does not give is "?".',
    'On a terminal the output is a table; elsewhere it is tsv, a line for each image without titles: repository, tag, digest, scan, vulnerabilities, alerts, baseline risks, last scan, region.',
  ],
  options: [
    ...FILTER_OPTIONS,
    {
      flags: '--limit <count>',
      description: 'at most so many images',
      parse: (text) => parseCount('--limit', text, 1),
    },
    { flags: '--newest', description: 'by last change, newest first; reads every page that matches' },
    {
      flags: '-o, --output <format>',
      description: 'how to print (default: table on a terminal, else tsv)',
      choices: IMAGES_OUTPUTS,
    },
  ],
  examples: [
    ['describe-image images --repo-name checkout --newest --limit 5', 'the latest images of a repository'],
    ['describe-image images --risk --output json', 'whatever was found to be risky'],
    ['describe-image images --output ndjson | jq -r .image.digest', 'every digest, as the pages arrive'],
  ],
  load: () => import('./images-run.ts'),
};
