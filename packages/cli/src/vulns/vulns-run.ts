import {
  type Client,
  describeImageOperation,
  type Necessity,
  type Operation,
  PermissionError,
  type Vulnerability,
  type VulnerabilityFilter,
} from '@describe-image/core';
import { checkRisk, compareVulnerabilities } from '@describe-image/core/images';
import {
  describeImageInstancesOperation,
  describeImageVulListOperation,
} from '@describe-image/core/protocol';
import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { OptionValues } from '../option-values.ts';
import { createProgress } from '../output/progress.ts';
import { palette, printable, terminalWidth } from '../output/terminal.ts';
import { withClient } from '../with-client.ts';
import { rejection, subjectNotes } from './acceptance.ts';
import { parseNecessities } from './necessities.ts';
import { FAIL_ON, VULNS_OUTPUTS, type VulnsOutput } from './output-formats.ts';
import {
  type DiffReport,
  type ImageVulnerabilities,
  type NamedTarget,
  readVulnerabilities,
  targetOf,
} from './read-vulnerabilities.ts';
import { type Presentation, renderDiff, renderList } from './render.ts';
import { summaryLine } from './vulnerability-table.ts';

/** The operations that `vulns` calls, for the RAM policy. */
export const operations: readonly Pick<Operation<never, unknown>, 'ramAction'>[] = [
  describeImageVulListOperation,
  describeImageInstancesOperation,
  describeImageOperation,
];

export function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const [first, ...others] = input.args;
  if (first === 'diff') return runDiff(input, context, others);
  if (others.length > 0)
    throw new UsageError(
      `expected one image, got ${input.args.length}`,
      'To compare two images, run: describe-image vulns diff <image> <image>',
    );
  return runList(input, context, first);
}

async function runList(
  input: CommandInput,
  context: CliContext,
  image: string | undefined,
): Promise<ExitCode> {
  const { options } = input;
  const failOn = FAIL_ON.find((value) => value === options.text('failOn'));
  const target = targetOf(image, options);
  const filter = filterFrom(options);
  const list = await withClient(input, context, (client) => read(client, target, filter, input, context));

  const output = options.choice('output', VULNS_OUTPUTS, 'table');
  const shown = list.vulnerabilities.slice(0, options.number('limit'));
  const view = renderList(list, shown, presentation(output, options, context));
  context.stdout.write(view.text);
  const notes = [
    `${shown.length === list.summary.total ? '' : `${shown.length} of `}${summaryLine(list.summary)}`,
    ...view.notes,
  ];
  printNotes(notes, subjectNotes(list), input, context);
  const rejected = failOn && rejection(failOn, list, list.vulnerabilities, 'has');
  if (rejected !== undefined) throw rejected;
  return EXIT.found;
}

async function runDiff(
  input: CommandInput,
  context: CliContext,
  images: readonly string[],
): Promise<ExitCode> {
  const { options } = input;
  const [before, after] = images;
  if (before === undefined || after === undefined || images.length > 2)
    throw new UsageError(
      `vulns diff: expected two images, got ${images.length}`,
      'Example: describe-image vulns diff shop/checkout:1.4.1 shop/checkout:1.4.2',
    );
  const failOn = FAIL_ON.find((value) => value === options.text('failOn'));
  const targets = [targetOf(before, options), targetOf(after, options)] as const;
  const isWanted = matcher(filterFrom(options));
  const [earlier, later] = await withClient(
    input,
    context,
    async (client) =>
      [
        await read(client, targets[0], {}, input, context),
        await read(client, targets[1], {}, input, context),
      ] as const,
  );

  const all = compareVulnerabilities(earlier.vulnerabilities, later.vulnerabilities);
  // Filtered after the comparison: a priority can differ between two images.
  const changes = {
    introduced: all.introduced.filter(isWanted),
    fixed: all.fixed.filter(isWanted),
    unchanged: all.unchanged.filter(isWanted),
  };
  const report: DiffReport = { before: earlier, after: later, changes, limit: options.number('limit') };
  const output = options.choice('output', VULNS_OUTPUTS, 'table');
  const view = renderDiff(report, presentation(output, options, context));
  context.stdout.write(view.text);
  const { introduced, fixed, unchanged } = changes;
  const counts = `${introduced.length} introduced, ${fixed.length} fixed, ${unchanged.length} unchanged`;
  printNotes([counts, ...view.notes], [...subjectNotes(earlier), ...subjectNotes(later)], input, context);
  // A list of another digest can contain what the tag of the first image does not, and so hide that it was introduced. A missing scan
  // of the first image hides nothing.
  const isComparable = earlier.subject.isLive !== false;
  const rejected =
    failOn &&
    (rejection(failOn, later, introduced, 'introduces') ??
      (isComparable ? undefined : rejection(failOn, earlier, [], 'has')));
  if (rejected !== undefined) throw rejected;
  return EXIT.found;
}

function presentation(output: VulnsOutput, options: OptionValues, context: CliContext): Presentation {
  return { output, paint: palette(context.stdout, options, context), width: terminalWidth(context) };
}

interface ListFilter {
  readonly necessity: readonly Necessity[] | undefined;
  readonly fixable: true | undefined;
}

function matcher({ necessity, fixable }: ListFilter): (vulnerability: Vulnerability) => boolean {
  const wanted: ReadonlySet<string> | undefined = necessity && new Set(necessity);
  return (vulnerability) =>
    (wanted === undefined || wanted.has(vulnerability.necessity)) &&
    (fixable === undefined || vulnerability.canFix);
}

function filterFrom(options: OptionValues): ListFilter {
  const necessity = options.list('necessity').flatMap((value) => parseNecessities('--necessity', value));
  const failOn = options.text('failOn');
  const excluded = failOn !== undefined && necessity.length > 0 && !necessity.includes('asap');
  if (excluded)
    throw new UsageError(
      `--fail-on ${failOn} cannot be combined with --necessity ${necessity.join(',')}, which leaves out asap`,
      'Add asap to --necessity, or leave out one of the options.',
    );
  return {
    necessity: necessity.length > 0 ? necessity : undefined,
    fixable: options.flag('fixable') ? true : undefined,
  };
}

async function read(
  client: Client,
  target: NamedTarget,
  filter: VulnerabilityFilter,
  input: CommandInput,
  context: CliContext,
): Promise<ImageVulnerabilities> {
  const { options } = input;
  const progress = createProgress(context, options);
  const lang = options.choice('lang', ['en', 'zh'] as const, 'en');
  try {
    return await readVulnerabilities(
      client,
      target,
      filter,
      { lang, signal: context.signal },
      (count, page) => progress.show(`reading vulnerabilities: ${count} of ${page.totalCount ?? '?'}`),
    );
  } catch (error) {
    progress.clear();
    if (PermissionError.isInstance(error) && error.ramAction === describeImageVulListOperation.ramAction)
      await printRisk(client, target, input, context);
    throw error;
  } finally {
    progress.clear();
  }
}

/** The counts of the inventory, which need no permission for the list. */
async function printRisk(
  client: Client,
  { name, target }: NamedTarget,
  { options }: CommandInput,
  context: CliContext,
): Promise<void> {
  const output = options.choice('output', VULNS_OUTPUTS, 'table');
  if ('digest' in target || output === 'json' || output === 'ndjson') return;
  const { reference, ...hints } = 'reference' in target ? target : { reference: target };
  const risk = await checkRisk(client.call, reference, { ...hints, signal: context.signal }).catch(
    () => undefined,
  );
  if (risk === undefined) return;
  const { state, reason, vulnerabilities, scannedDigest } = risk;
  const text = `${name}: ${state}: ${reason}; the inventory counts ${vulnerabilities ?? '?'} vulnerabilities of ${scannedDigest ?? 'an unknown digest'}`;
  context.stderr.write(`note: ${printable(text)}\n`);
}

function printNotes(
  notes: readonly string[],
  warnings: readonly string[],
  { options }: CommandInput,
  context: CliContext,
): void {
  const paint = palette(context.stderr, options, context);
  for (const note of notes) context.stderr.write(`${note}\n`);
  for (const warning of warnings) context.stderr.write(`${paint.yellow('warning:')} ${printable(warning)}\n`);
}
