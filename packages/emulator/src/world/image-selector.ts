import type { ImageHome, ImageRecord } from './image-record.ts';

/** Names a repository by as much as it takes to mean exactly one. */
export interface RepositorySelector {
  readonly regionId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly repoId?: string | undefined;
  /** `namespace/name`. */
  readonly repository?: string | undefined;
}

/** Names a tag by as much as it takes to mean exactly one. */
export interface ImageSelector extends RepositorySelector {
  readonly tag: string;
}

/**
 * The one repository a selector means.
 *
 * @throws {RangeError} when there is none or several, listing them.
 */
export function selectHome(homes: readonly ImageHome[], selector: RepositorySelector): ImageHome {
  const matches = homes.filter((home) => isMeant(home, selector));
  return theOnly(matches, 'repository', (home) => describeHome(home));
}

/**
 * The one tag a selector means.
 *
 * @throws {RangeError} when there is none or several, listing them.
 */
export function selectRecord(records: Iterable<ImageRecord>, selector: ImageSelector): ImageRecord {
  const matches = [...records].filter(({ home, tag }) => tag === selector.tag && isMeant(home, selector));
  return theOnly(matches, 'image', ({ home, tag }) => `${describeHome(home)}:${tag}`);
}

function isMeant(home: ImageHome, { regionId, instanceId, repoId, repository }: RepositorySelector): boolean {
  return (
    (regionId === undefined || home.regionId === regionId) &&
    (instanceId === undefined || home.instanceId === instanceId) &&
    (repoId === undefined || home.repoId === repoId) &&
    (repository === undefined || `${home.namespace}/${home.repoName}` === repository)
  );
}

function theOnly<Item>(matches: readonly Item[], what: string, describe: (item: Item) => string): Item {
  const [only, ...others] = matches;
  if (only === undefined) throw new RangeError(`no ${what} matches; name one of the seed or push it first`);
  if (others.length > 0) {
    throw new RangeError(
      `several ${what === 'image' ? 'images' : 'repositories'} match: ${matches.map(describe).join(', ')}`,
    );
  }
  return only;
}

function describeHome(home: ImageHome): string {
  return `${home.instanceId}/${home.repoId} (${home.namespace}/${home.repoName})`;
}
