// What core weighs for whoever imports it, and that the pure half carries nothing impure.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, bundleEntry } from './workspace/bundle-entry.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

interface Budget {
  readonly specifier: string;
  /** Relative to the repository. */
  readonly source: string;
  /** Minified and gzipped. 1 kB is 1,000 bytes. */
  readonly limitBytes: number;
  /** Which modules it may load from elsewhere; any when it is not said. */
  readonly mayImport?: readonly string[];
  /** Whether hosts bundle it that forbid everything but computing. */
  readonly portable: boolean;
}

const BUDGETS: readonly Budget[] = [
  {
    specifier: '@describe-image/core/protocol',
    source: 'packages/describe-image/src/protocol/index.ts',
    limitBytes: 8_000,
    portable: true,
    mayImport: ['node:crypto'],
  },
  {
    specifier: '@describe-image/core',
    source: 'packages/describe-image/src/index.ts',
    limitBytes: 12_000,
    portable: false,
  },
  {
    specifier: '@describe-image/core, where there is no Node',
    source: 'packages/describe-image/src/index-web.ts',
    limitBytes: 12_000,
    portable: false,
    mayImport: [],
  },
];

const FORBIDDEN = [
  /\bfetch\s*\(/,
  /\bprocess\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bglobalThis\b/,
  /\bconsole\b/,
  /\brequire\s*\(/,
];

/** Whether a bundle is within its budget, imports only what it may and, where it must be, is portable. */
export function bundleProblems(
  { specifier, limitBytes, portable, mayImport }: Omit<Budget, 'source'>,
  { code, gzippedBytes, imports }: Bundle,
): Problem[] {
  const overweight =
    gzippedBytes > limitBytes
      ? [`weighs ${gzippedBytes} bytes minified and gzipped; its budget is ${limitBytes}`]
      : [];
  const strange = imports
    .filter((name) => mayImport !== undefined && !mayImport.includes(name))
    .map((name) => `imports ${name}; it may import ${mayImport?.join(', ') || 'nothing'}`);
  const impure = (portable ? FORBIDDEN : []).flatMap((pattern) => {
    const found = pattern.exec(code);
    return found === null ? [] : [`carries "${around(code, found.index)}", which its hosts forbid`];
  });
  return [...overweight, ...strange, ...impure].map((what) => ({ where: specifier, what }));
}

function around(code: string, index: number): string {
  return code.slice(Math.max(0, index - 20), index + 30);
}

if (isProgram(import.meta)) {
  const problems: Problem[] = [];
  const table: Record<string, object> = {};
  for (const budget of BUDGETS.filter(({ source }) => existsSync(join(ROOT, source)))) {
    const bundle = await bundleEntry(join(ROOT, budget.source));
    problems.push(...bundleProblems(budget, bundle));
    table[budget.specifier] = {
      minified: bundle.minifiedBytes,
      'gzipped at import': bundle.gzippedBytes,
      budget: budget.limitBytes,
      'with what loads later': bundle.withLaterBytes,
    };
  }
  console.table(table);
  reportProblems(problems, 'within budget, and the pure half is pure');
}
