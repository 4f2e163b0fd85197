import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export interface Bundle {
  /** Minified. */
  readonly code: string;
  readonly minifiedBytes: number;
  /** Minified and gzipped, as one text. */
  readonly gzippedBytes: number;
  /** The same, with everything that may be loaded later. */
  readonly withLaterBytes: number;
  /** What is loaded from elsewhere, now or later, e.g. `node:crypto`. */
  readonly imports: readonly string[];
}

/**
 * Bundles what a program loads when it imports an entry: chunks that are loaded later, where the
 * source says `import()`, are not part of it.
 *
 * @param entry - A file, absolute.
 */
export async function bundleEntry(entry: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: 'out',
    bundle: true,
    write: false,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['source'],
    logLevel: 'silent',
  });
  const outputs = metafile.outputs;
  const first = Object.keys(outputs).find((name) => outputs[name]?.entryPoint !== undefined) ?? '';
  const loaded = loadedAtImport(outputs, first);
  const files = outputFiles.filter(({ path }) => loaded.some((name) => path.endsWith(name)));
  const code = files.map(({ text }) => text).join('\n');
  return {
    code,
    minifiedBytes: Buffer.byteLength(code),
    gzippedBytes: gzipSync(code, { level: 9 }).length,
    withLaterBytes: gzipSync(outputFiles.map(({ text }) => text).join('\n'), { level: 9 }).length,
    imports: [...new Set(Object.values(outputs).flatMap(externalImports))].sort(),
  };
}

type Outputs = Awaited<ReturnType<typeof build>>['metafile'] & object extends { outputs: infer O }
  ? O
  : never;

/** The entry's file and those that it imports without waiting to need them. */
function loadedAtImport(outputs: Outputs, first: string): string[] {
  const loaded = new Set<string>([first]);
  for (const name of loaded) {
    for (const { path, kind, external } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) loaded.add(path);
    }
  }
  return [...loaded];
}

function externalImports({ imports }: Outputs[string]): string[] {
  return imports.filter(({ external }) => external === true).map(({ path }) => path);
}
