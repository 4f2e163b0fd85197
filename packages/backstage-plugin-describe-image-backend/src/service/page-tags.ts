import type {
  ImageRisk,
  RepositoryTags,
  TagRow,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ListedRepository } from './list-repository.ts';
import type { TagsQuery } from './queries.ts';

type ListedTag = ListedRepository['tags'][number];

/** Searches and sorts the tags of a repository, and returns one page. */
export function pageTags(
  { tags }: Pick<ListedRepository, 'tags'>,
  { search, sort, page, pageSize }: Omit<TagsQuery, 'image'>,
): Pick<RepositoryTags, 'tags' | 'page' | 'pageSize' | 'matching' | 'total'> {
  const text = search.toLowerCase();
  const matching = tags
    .filter(({ tag, digest }) => tag.toLowerCase().includes(text) || digest?.includes(text))
    .sort(comparison(sort));
  const rows = matching.slice((page - 1) * pageSize, page * pageSize);
  return {
    tags: rows.map((row) => ({ ...row, sharedWith: sharing(tags, row) })),
    page,
    pageSize,
    matching: matching.length,
    total: tags.length,
  };
}

/** Unknown states rank above clean, because unknown is not clean. */
const SEVERITY: Readonly<Record<ImageRisk['state'], number>> = {
  risky: 5,
  failed: 4,
  stale: 3,
  unknown: 2,
  scanning: 1,
  clean: 0,
};

function comparison(sort: TagsQuery['sort']): (a: ListedTag, b: ListedTag) => number {
  const descending = sort.startsWith('-');
  const compare = COMPARISONS[descending ? sort.slice(1) : sort] ?? byTag;
  return (a, b) => (descending ? -compare(a, b) : compare(a, b)) || byTag(a, b);
}

const COMPARISONS: Readonly<Record<string, (a: ListedTag, b: ListedTag) => number>> = {
  // ISO times in UTC sort as text.
  updatedAt: ({ updatedAt: a = '' }, { updatedAt: b = '' }) => (a < b ? -1 : a > b ? 1 : 0),
  tag: byTag,
  risk: (a, b) => SEVERITY[a.risk.state] - SEVERITY[b.risk.state] || findings(a) - findings(b),
};

const versions = new Intl.Collator('en', { numeric: true });

/** Compares numbers within tags by value: 1.10 is after 1.9. */
function byTag(a: ListedTag, b: ListedTag): number {
  return versions.compare(a.tag, b.tag);
}

function findings({ risk: { vulnerabilities = 0, alerts = 0, baselineRisks = 0 } }: ListedTag): number {
  return vulnerabilities + alerts + baselineRisks;
}

function sharing(tags: readonly ListedTag[], { tag, digest }: ListedTag): TagRow['sharedWith'] {
  if (digest === undefined) return [];
  return tags.filter((other) => other.digest === digest && other.tag !== tag).map((other) => other.tag);
}
