import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listProjects, type Project } from '../workspace/list-projects.ts';
import { ROOT } from '../workspace/root.ts';
import { mustRun } from '../workspace/run-command.ts';

/** A package as npm would publish it. */
export interface ReleasedPackage {
  readonly name: string;
  readonly version: string;
  readonly tarball: string;
}

/** A clone of the committed state, in which versions can be raised without touching the checkout. */
export class ReleaseClone {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(folder: string): Promise<ReleaseClone> {
    await mustRun(['git', 'clone', '--quiet', '--no-hardlinks', ROOT, folder], { quiet: true });
    await mustRun(['pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=silent'], {
      cwd: folder,
      quiet: true,
    });
    return new ReleaseClone(folder);
  }

  /** Adds a patch changeset for every published package, for a second release. */
  addPatchChangesets(): void {
    const names = this.#published().map(({ name }) => `'${name}': patch`);
    const text = `---\n${names.join('\n')}\n---\n\nRehearse an upgrade\n`;
    writeFileSync(join(this.folder, '.changeset/rehearse-upgrade.md'), text);
  }

  /** Runs the steps of the release workflow up to the tarballs: version, build, pack. */
  async release(): Promise<readonly ReleasedPackage[]> {
    await this.#run(['pnpm', 'exec', 'changeset', 'version']);
    await this.#run([
      'pnpm',
      'exec',
      'turbo',
      'run',
      'build',
      '--filter',
      './packages/*',
      '--output-logs=errors-only',
    ]);
    const packages: ReleasedPackage[] = [];
    for (const project of this.#published()) packages.push(await this.#pack(project));
    return packages;
  }

  async #pack({ name, folder, manifest }: Project): Promise<ReleasedPackage> {
    const version = String(manifest['version']);
    const destination = join(this.folder, '.artifacts/release', `${folder}-${version}`);
    mkdirSync(destination, { recursive: true });
    await this.#run(['pnpm', 'pack', '--pack-destination', destination], join(this.folder, folder));
    const tarball = readdirSync(destination).find((file) => file.endsWith('.tgz'));
    if (tarball === undefined) throw new Error(`${name}: pnpm pack wrote no tarball`);
    return { name, version, tarball: join(destination, tarball) };
  }

  /** The first changelog entry of a package: what its release notes contain. */
  changelog(name: string): string {
    const project = this.#published().find((candidate) => candidate.name === name);
    if (project === undefined) throw new Error(`${name} is not a published package`);
    return readFileSync(join(this.folder, project.folder, 'CHANGELOG.md'), 'utf8');
  }

  #published(): readonly Project[] {
    return listProjects(this.folder).filter(({ published }) => published);
  }

  async #run(command: readonly string[], cwd: string = this.folder): Promise<void> {
    await mustRun(command, { cwd, quiet: true, env: { TURBO_TELEMETRY_DISABLED: '1' } });
  }
}
