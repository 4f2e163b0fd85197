import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installNode, MACHINE_ENV } from '../ci/machine.ts';
import { Tally } from '../ci/step.ts';
import { type EmptyProject, emptyProject } from './empty-project.ts';
import type { LocalRegistry } from './local-registry.ts';
import type { ReleasedPackage } from './release-clone.ts';

/** What every part of the rehearsal works with. */
export interface Rehearsal {
  readonly tally: Tally;
  readonly registry: LocalRegistry;
  readonly released: readonly ReleasedPackage[];
  /** Folder of the release clone: READMEs as they are published. */
  readonly clone: string;
  /** An empty project that uses Node of this version. @defaultValue the machine's own */
  project(name: string, node?: string): Promise<EmptyProject>;
}

export function createRehearsal(
  parent: string,
  { registry, released, clone }: Pick<Rehearsal, 'registry' | 'released' | 'clone'>,
): Rehearsal {
  const projects = join(parent, 'projects');
  mkdirSync(projects, { recursive: true });
  return {
    tally: new Tally(),
    registry,
    released,
    clone,
    async project(name, node) {
      const path = MACHINE_ENV['PATH'] ?? '';
      const folders = node === undefined ? [path] : [dirname(await installNode(node)), path];
      return emptyProject(projects, name, registry.url, folders.join(delimiter));
    },
  };
}
