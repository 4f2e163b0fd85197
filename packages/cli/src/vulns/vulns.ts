import type { CommandDefinition } from '../command-definition.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION, TAG_OPTION } from '../commands/image-ids.ts';
import { parseCount } from '../option-parsers.ts';
import { parseNecessities } from './necessities.ts';
import { FAIL_ON, VULNS_OUTPUTS } from './output-formats.ts';

export const vulnsCommand: CommandDefinition = {
  name: 'vulns',
  summary: 'list the vulnerabilities of an image, or compare two images',
  description: [
    'Lists the vulnerabilities that the last scan of an image found, the most urgent first. The image is a reference, a digest, or its four ids: --region, --instance, --repo and --tag.',
    'NECESSITY is the priority that Security Center gives to the fix: asap, later or nntf (no need to fix). It is not a CVSS severity.',
    'The list is of the digest that was scanned. A warning is printed if the tag has another digest now, or if it was not scanned.',
    '`vulns diff A B` prints what image B introduces and fixes, compared with image A. --fail-on then applies to what it introduces.',
    '--fail-on exits with 7 if a listed vulnerability has this priority or a more urgent one. It also fails for a digest that was not scanned or that the tag does not have now: unknown is not clean.',
  ],
  argument: {
    notation: '[images...]',
    description: 'a reference or a digest; or diff and two of them',
  },
  options: [
    INSTANCE_OPTION,
    REPO_OPTION,
    TAG_OPTION,
    IMAGE_REGION_OPTION,
    {
      flags: '--necessity <list>',
      description: 'only these priorities, separated by commas: asap, later, nntf',
      parse: (text) => parseNecessities('--necessity', text),
    },
    { flags: '--fixable', description: 'only vulnerabilities that the Security Center console can fix' },
    {
      flags: '--fail-on <priority>',
      description:
        'exit with 7 for a vulnerability of this priority or a more urgent one; any also includes nntf',
      choices: FAIL_ON,
    },
    {
      flags: '--limit <count>',
      description: 'maximum number of vulnerabilities to print',
      parse: (text) => parseCount('--limit', text, 1),
    },
    {
      flags: '--lang <language>',
      description: 'language of the titles (default: en)',
      choices: ['en', 'zh'],
    },
    { flags: '-o, --output <format>', description: 'output format (default: table)', choices: VULNS_OUTPUTS },
  ],
  examples: [
    [
      'describe-image vulns shop/storefront:2.9.0 --limit 10',
      'the ten most urgent vulnerabilities of an image',
    ],
    [
      'describe-image vulns shop/storefront:2.9.0 --fixable --fail-on asap',
      'fail if an urgent vulnerability can be fixed',
    ],
    [
      'describe-image vulns diff shop/checkout:1.4.1 shop/checkout:1.4.2 --output markdown',
      'what an update introduces and fixes',
    ],
    ['describe-image vulns shop/storefront:2.9.0 --output sarif > vulns.sarif', 'for code scanning'],
  ],
  load: () => import('./vulns-run.ts'),
};
