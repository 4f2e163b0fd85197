import type { ImageHome, ImageRecord } from './image-record.ts';

/** Selects one repository by any of its properties. @public */
export interface RepositorySelector {
  readonly regionId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly repoId?: string | undefined;
  /** `namespace/name`. */
  readonly repository?: string | undefined;
}

/** Selects one tag by any of the properties of its repository. @public */
export interface ImageSelector extends RepositorySelector {
  readonly tag: string;
}

/**
 * Finds the repository that a selector matches.
 *
 * @throws {RangeError} when none matches, or when several do, listing them.
 */
export function selectHome(homes: readonly ImageHome[], selector: RepositorySelector): ImageHome {
  const matches = homes.filter((home) => isSelected(home, selector));
  return exactlyOne(matches, 'repository', (home) => describeHome(home));
}

/**
 * Finds the tag that a selector matches.
 *
 * @throws {RangeError} when none matches, or when several do, listing them.
 */
export function selectRecord(records: Iterable<ImageRecord>, selector: ImageSelector): ImageRecord {
  const matches = [...records].filter(({ home, tag }) => tag === selector.tag && isSelected(home, selector));
  return exactlyOne(matches, 'image', ({ home, tag }) => `${describeHome(home)}:${tag}`);
}

function isSelected(
  home: ImageHome,
  { regionId, instanceId, repoId, repository }: RepositorySelector,
): boolean {
  return (
    (regionId === undefined || home.regionId === regionId) &&
    (instanceId === undefined || home.instanceId === instanceId) &&
    (repoId === undefined || home.repoId === repoId) &&
    (repository === undefined || `${home.namespace}/${home.repoName}` === repository)
  );
}

function exactlyOne<Item>(matches: readonly Item[], what: string, describe: (item: Item) => string): Item {
  const [only, ...others] = matches;
  if (only === undefined)
    throw new RangeError(`no ${what} matches: select one of the seed, or push it first`);
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
