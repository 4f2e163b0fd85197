import { type BenchPlan, WIDTHS } from '../bench-plan.ts';
import { CONTENDER_NAMES, CONTENDERS, type ContenderName } from '../contenders/contenders.ts';
import type { CallFigures, Figures } from '../measurements/calls.ts';
import { LOOK_UPS_AT_ONCE, MANY_WIDTH, type NodeResults } from '../measurements/measure-node.ts';
import { count, isReached, targetsOf } from './targets.ts';

/** Returns the page `docs/performance.md`. */
export function report(results: readonly NodeResults[], plan: BenchPlan, date: string): string {
  return `${[
    '# Performance',
    `Written by \`npm run bench\` on ${date}. Do not edit it by hand. [bench/README.md](../bench/README.md) describes the contenders and how each number is measured.`,
    `All contenders run interleaved against one server process on 127.0.0.1, over plain HTTP, each in a process of its own. Numbers are medians of ${plan.calls.rounds} rounds of ${count(plan.calls.perRound)} calls, of ${plan.coldStartRounds} cold starts, and of ${plan.atOnceRuns} processes for the memory of look-ups at once. Ratios are to \`node:http\` signed by hand, in the same run. Absolute numbers depend on the machine and its load; ratios vary by about a tenth.`,
    '## Targets',
    targets(results),
    ...results.flatMap(section),
  ].join('\n\n')}\n`;
}

function targets(results: readonly NodeResults[]): string {
  const columns = results.map((one) => ({ version: one.version, targets: targetsOf(one) }));
  const rows = (columns[0]?.targets ?? []).map(({ name, kind }, index) => [
    name,
    ...columns.flatMap((column) => {
      const target = column.targets[index];
      if (target === undefined) return ['', '', ''];
      return [
        `${kind} ${target.limit}`,
        number(target.measured),
        isReached(target) ? 'reached' : '**not reached**',
      ];
    }),
  ]);
  return table(['', ...columns.flatMap(({ version }) => [`${version} target`, 'measured', ''])], rows);
}

function section(results: NodeResults): readonly string[] {
  const { version, calls, coldStart, signingMicros, manyLookUps } = results;
  const byWidth = (title: string, figures: (at: CallFigures) => Figures, unit: string): readonly string[] => [
    `### ${title}, ${version}`,
    table(
      ['', ...WIDTHS.map((width) => `${width} in flight`)],
      CONTENDER_NAMES.map((name) => [
        CONTENDERS[name].label,
        ...WIDTHS.map((width) => {
          const at = calls.get(width);
          const own = at && figures(at).get(name);
          const limit = at && figures(at).get('limit');
          return `${((own ?? Number.NaN) / (limit ?? Number.NaN)).toFixed(2)} (${Math.round(own ?? Number.NaN)} ${unit})`;
        }),
      ]),
    ),
  ];
  const memory = (name: ContenderName): string[] =>
    [results.atOnce.get(name), results.many.get(name)].flatMap((one) => [
      number(one?.peakRssMib ?? Number.NaN),
      count(one?.failed ?? 0),
    ]);
  const limitMs = coldStart.firstAnswerMs.get('limit') ?? Number.NaN;
  const limitMicros = signingMicros.get('limit') ?? Number.NaN;
  return [
    ...byWidth('CPU per call', ({ cpuMicros }) => cpuMicros, 'µs'),
    ...byWidth('Calls per second', ({ perSecond }) => perSecond, '/s'),
    `### Memory, ${version}`,
    'Peak of resident memory in a fresh process, with that of Node and of the harness.',
    table(
      [
        '',
        `${count(LOOK_UPS_AT_ONCE)} at once, MiB`,
        'failed',
        `${count(manyLookUps)} at ${MANY_WIDTH} wide, MiB`,
        'failed',
      ],
      CONTENDER_NAMES.map((name) => [CONTENDERS[name].label, ...memory(name)]),
    ),
    `### Cold start, ${version}`,
    `CPU above a bare Node process (${number(coldStart.bareMs)} ms). Importing core takes ${number(coldStart.importMs)} ms.`,
    table(
      ['', 'first answer, ms', '÷ hand-signed'],
      CONTENDER_NAMES.map((name) => {
        const milliseconds = coldStart.firstAnswerMs.get(name) ?? Number.NaN;
        return [CONTENDERS[name].label, number(milliseconds), (milliseconds / limitMs).toFixed(2)];
      }),
    ),
    `### Signing alone, ${version}`,
    table(
      ['', 'µs per signature', '÷ minimal'],
      [...signingMicros].map(([name, micros]) => [
        SIGNERS[name] ?? name,
        micros.toFixed(2),
        (micros / limitMicros).toFixed(2),
      ]),
    ),
  ];
}

const SIGNERS: Readonly<Record<string, string>> = {
  core: '@describe-image/core',
  limit: 'minimal signer, by hand',
  'openapi-client': '@alicloud/openapi-util',
};

function number(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}

/** Formats a Markdown table with the first column aligned left and the others right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}
