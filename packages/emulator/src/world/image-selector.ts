import type { ImageLocation, ImageRecord } from './image-record.ts';

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
export function selectLocation(
  locations: readonly ImageLocation[],
  selector: RepositorySelector,
): ImageLocation {
  const matches = locations.filter((location) => isSelected(location, selector));
  return exactlyOne(matches, 'repository', (location) => describeLocation(location));
}

/**
 * Finds the tag that a selector matches.
 *
 * @throws {RangeError} when none matches, or when several do, listing them.
 */
export function selectRecord(records: Iterable<ImageRecord>, selector: ImageSelector): ImageRecord {
  const matches = [...records].filter(
    ({ location, tag }) => tag === selector.tag && isSelected(location, selector),
  );
  return exactlyOne(matches, 'image', ({ location, tag }) => `${describeLocation(location)}:${tag}`);
}

function isSelected(
  location: ImageLocation,
  { regionId, instanceId, repoId, repository }: RepositorySelector,
): boolean {
  return (
    (regionId === undefined || location.regionId === regionId) &&
    (instanceId === undefined || location.instanceId === instanceId) &&
    (repoId === undefined || location.repoId === repoId) &&
    (repository === undefined || `${location.namespace}/${location.repoName}` === repository)
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

function describeLocation(location: ImageLocation): string {
  return `${location.instanceId}/${location.repoId} (${location.namespace}/${location.repoName})`;
}
