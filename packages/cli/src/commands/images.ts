import type { CommandDefinition } from '../command-definition.ts';
import { parseCount } from '../option-parsers.ts';
import { FILTER_OPTIONS } from './image-filter.ts';
import { IMAGES_OUTPUTS } from './output-formats.ts';

export const imagesCommand: CommandDefinition = {
  name: 'images',
  summary: "list the images in Security Center's inventory",
  description: [
    'Lists the images that Security Center has synchronised, with the results of the last scan.',
    'SCAN is clean, risky, stale (changed since the scan), scanning, failed or unknown. A count that the service does not return is printed as "?".',
    'Prints a table on a terminal and TSV elsewhere: one line per image, without titles: repository, tag, digest, scan, vulnerabilities, alerts, baseline risks, last scan, region.',
  ],
  options: [
    ...FILTER_OPTIONS,
    {
      flags: '--limit <count>',
      description: 'maximum number of images',
      parse: (text) => parseCount('--limit', text, 1),
    },
    { flags: '--newest', description: 'sort by last change, newest first; reads all matching pages first' },
    {
      flags: '-o, --output <format>',
      description: 'output format (default: table on a terminal, tsv elsewhere)',
      choices: IMAGES_OUTPUTS,
    },
  ],
  examples: [
    ['describe-image images --repo-name checkout --newest --limit 5', 'the latest images of a repository'],
    ['describe-image images --risk --output json', 'all images with risks'],
    ['describe-image images --output ndjson | jq -r .image.digest', 'all digests, printed page by page'],
  ],
  load: () => import('./images-run.ts'),
};
