// The bundle size of core's entry points, and globals and imports that the pure half must not use.
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

export interface Budget {
  readonly subject: string;
  /** Relative to the repository. */
  readonly source: string;
  /** The bundled exports. @default all */
  readonly names?: readonly string[];
  /** Limit of the code loaded at import, minified and gzipped. */
  readonly limitBytes: number;
  /** The same, including code loaded by `import()`. */
  readonly totalLimitBytes?: number;
  /** The number of files of core that an import may load. */
  readonly maxFiles?: number;
  /** The external modules that it may import. @default all */
  readonly mayImport?: readonly string[];
  /** Whether it must run in hosts that forbid I/O, timers and globals. */
  readonly portable?: boolean;
}

const CORE = 'packages/describe-image/dist';

const BUDGETS: readonly Budget[] = [
  {
    subject: 'one call, signed and parsed',
    source: `${CORE}/protocol.mjs`,
    names: ['buildRequest', 'signRequest', 'parseResponse', 'retryDecision'],
    limitBytes: 4_400,
    portable: true,
    mayImport: ['node:crypto'],
  },
  {
    subject: '@describe-image/core/protocol',
    source: `${CORE}/protocol.mjs`,
    limitBytes: 12_400,
    portable: true,
    mayImport: ['node:crypto'],
  },
  {
    subject: '@describe-image/core',
    source: `${CORE}/index.mjs`,
    limitBytes: 16_200,
    totalLimitBytes: 31_100,
    maxFiles: 4,
  },
  {
    subject: '@describe-image/core without Node',
    source: `${CORE}/index-web.mjs`,
    limitBytes: 16_200,
    totalLimitBytes: 26_200,
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

/** Bundles an entry point like a user's bundler and compares it with its budget. */
export async function measure(
  root: string,
  { subject, source, names, limitBytes, totalLimitBytes = Infinity, maxFiles = Infinity, ...budget }: Budget,
): Promise<{ problems: Problem[]; bytes: number; totalBytes: number }> {
  const { portable = false, mayImport } = budget;
  const entry = join(root, source);
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export ${names === undefined ? '*' : `{ ${names.join(', ')} }`} from ${JSON.stringify(entry)};`,
      resolveDir: dirname(entry),
    },
    outdir: 'out',
    bundle: true,
    write: false,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  const atImport = loadedAtImport(metafile.outputs);
  const code = outputFiles
    .filter(({ path }) => atImport.some((name) => path.endsWith(name)))
    .map(({ text }) => text)
    .join('\n');
  const bytes = gzippedBytes(code);
  const totalBytes = gzippedBytes(outputFiles.map(({ text }) => text).join('\n'));
  // Of the files as they are: other bundlers resolve an import before they find it unused.
  const imports = new Set(
    Object.values(metafile.inputs).flatMap((input) =>
      input.imports.filter(({ external }) => external === true).map(({ path }) => path),
    ),
  );
  const files = new Set(atImport.flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {})));
  files.delete('<stdin>');
  const found = portable ? FORBIDDEN.flatMap((pattern) => pattern.exec(code) ?? []) : [];
  const problems = [
    ...(bytes > limitBytes ? [`has ${bytes} bytes at import; the limit is ${limitBytes}`] : []),
    ...(totalBytes > totalLimitBytes
      ? [`has ${totalBytes} bytes in all; the limit is ${totalLimitBytes}`]
      : []),
    ...(files.size > maxFiles ? [`loads ${files.size} files at import; the limit is ${maxFiles}`] : []),
    ...[...imports]
      .filter((name) => mayImport !== undefined && !mayImport.includes(name))
      .map((name) => `imports ${name}; it may import ${mayImport?.join(', ') || 'nothing'}`),
    ...found.map((text) => `contains "${text}", which its hosts forbid`),
  ];
  return { problems: problems.map((what) => ({ where: subject, what })), bytes, totalBytes };
}

/** The entry point and its static imports. */
function loadedAtImport(outputs: Metafile['outputs']): string[] {
  const loaded = new Set(Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === '<stdin>'));
  for (const name of loaded) {
    for (const { path, kind, external } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) loaded.add(path);
    }
  }
  return [...loaded];
}

function gzippedBytes(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}

if (isProgram(import.meta)) {
  const problems: Problem[] = [];
  for (const budget of BUDGETS) {
    const measured = await measure(ROOT, budget);
    problems.push(...measured.problems);
    const { subject, limitBytes, totalLimitBytes = '' } = budget;
    console.log(
      `${subject}: ${measured.bytes} of ${limitBytes} at import, ${measured.totalBytes} ${totalLimitBytes && `of ${totalLimitBytes} `}in all`,
    );
  }
  reportProblems(problems, 'every size is within its limit, and the pure half is pure');
}
