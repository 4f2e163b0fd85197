import { isRecord } from './is-record.ts';
import type { Project } from './list-projects.ts';

/** An entry point of a package and its source. */
export interface SourceEntry {
  /** The module specifier: `@describe-image/core/protocol`. */
  readonly specifier: string;
  /** Relative to the repository. */
  readonly source: string;
}

/** The exports of a package that have the condition `source`. */
export function sourceEntries({ name, folder, manifest }: Project): SourceEntry[] {
  const exports = manifest['exports'];
  if (!isRecord(exports)) return [];
  return Object.entries(exports).flatMap(([subpath, target]) =>
    isRecord(target) && typeof target['source'] === 'string'
      ? [{ specifier: name + subpath.slice(1), source: `${folder}/${target['source'].replace('./', '')}` }]
      : [],
  );
}
