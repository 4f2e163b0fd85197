import { jsonDocument } from '../output/json.ts';
import { sarifLog } from '../output/sarif-log.ts';
import { printable } from '../output/terminal.ts';
import type { CheckStatus, ImageCheck } from './check-image.ts';
import { placeText } from './declaration.ts';

/** Formats for other programs. */
export const FORMATS: Readonly<
  Record<
    'json' | 'sarif' | 'junit' | 'markdown' | 'github',
    (checks: readonly ImageCheck[], exitCode: number) => string
  >
> = { json, sarif, junit, markdown, github };

function json(checks: readonly ImageCheck[], exitCode: number): string {
  const counts = Object.fromEntries(
    STATUSES.map((wanted) => [wanted, checks.filter(({ status }) => status === wanted).length]),
  );
  const shown = checks.map(({ exitCode: code, ...check }) => ({ ...check, exitCode: code }));
  return jsonDocument({ schemaVersion: 1, exitCode, counts, checks: shown });
}

const STATUSES: readonly CheckStatus[] = [
  'match',
  'unpinned',
  'mismatch',
  'missing',
  'not-acceptable',
  'error',
];

const RULES: Readonly<Record<Exclude<CheckStatus, 'match'>, string>> = {
  unpinned: 'The image has no digest',
  mismatch: 'The digest is not that of the tag',
  missing: 'The image or its digest is missing',
  'not-acceptable': 'The image does not meet the requirements',
  error: 'The image cannot be looked up',
};

function sarif(checks: readonly ImageCheck[]): string {
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  const results = checks
    .filter(({ status }) => status !== 'match')
    .map(({ status, reference, reason, places, declared, live, inventory, running }) => ({
      ruleId: status,
      ruleIndex: rules.findIndex(({ id }) => id === status),
      level: status === 'unpinned' ? 'note' : 'error',
      message: { text: `${reference}: ${reason ?? ''}` },
      locations: places.map(({ name, line }) => ({
        physicalLocation: {
          // Code scanning needs a file. The image stands for one if it is declared elsewhere.
          artifactLocation: {
            uri: (line === undefined ? reference : name).split('/').map(encodeURIComponent).join('/'),
          },
          region: { startLine: line ?? 1 },
        },
        logicalLocations: [{ name }],
      })),
      properties: {
        declared: declared ?? null,
        live: live ?? null,
        inventory: inventory ?? null,
        running: running ?? null,
      },
    }));
  return jsonDocument(sarifLog({ rules, results }));
}

function junit(checks: readonly ImageCheck[]): string {
  const failed = checks.filter(isFailed);
  const cases = checks.map((check) => {
    const { reference, places, reason, status } = check;
    const attributes = `classname=${xml(places.map(placeText).join(', '))} name=${xml(reference)}`;
    if (!isFailed(check)) return `    <testcase ${attributes}/>`;
    return `    <testcase ${attributes}><failure type=${xml(status)} message=${xml(reason ?? '')}/></testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${checks.length}" failures="${failed.length}">`,
    `  <testsuite name="describe-image verify" tests="${checks.length}" failures="${failed.length}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function markdown(checks: readonly ImageCheck[]): string {
  const rows = checks.map(({ status, reference, declared, live, reason, places }) =>
    [
      status,
      code(reference),
      code(short(declared)),
      code(short(live)),
      places.map(placeText).join(', '),
      reason ?? '',
    ]
      .map((cell) => cell.replaceAll('|', '\\|'))
      .map(printable)
      .join(' | '),
  );
  const failed = checks.filter(isFailed).length;
  return [
    `## Image digests: ${failed === 0 ? 'verified' : `${failed} of ${checks.length} failed`}`,
    '',
    '| status | image | declared | live | place | reason |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

/** Annotations of GitHub Actions. */
function github(checks: readonly ImageCheck[]): string {
  return checks
    .filter(({ status }) => status !== 'match')
    .flatMap(({ status, reference, reason, places }) =>
      places.map(({ name, line }) => {
        const kind = status === 'unpinned' ? 'notice' : 'error';
        const file = line === undefined ? '' : `file=${property(name)},line=${line},`;
        return `::${kind} ${file}title=${property(RULES[status as keyof typeof RULES])}::${message(`${reference}: ${reason ?? ''}`)}\n`;
      }),
    )
    .join('');
}

export function isFailed({ status }: Pick<ImageCheck, 'status'>): boolean {
  return status !== 'match' && status !== 'unpinned';
}

/** The escapes of workflow commands. */
function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  return `"${printable(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)}"`;
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}

function short(digest: string | undefined): string {
  return digest?.slice(0, 'sha256:'.length + 12) ?? '?';
}
