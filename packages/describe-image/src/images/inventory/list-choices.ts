import { ValidationError } from '../../errors/errors.ts';
import { describeImageInstancesOperation } from '../../operations/describe-image-instances.ts';
import type { Image } from '../../operations/image.ts';
import { isObject } from '../../protocol/is-object.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { withSharedTotal } from '../../protocol/retrying/call-limits.ts';
import { pullDomain } from '../references/registry-host.ts';
import { criteriaOf, type ImageFilter } from './image-filter.ts';

/** One of the four ids of DescribeImage. @internal */
export type ChoiceField = 'regionId' | 'instanceId' | 'repoId' | 'tag';

/** A value and its label. @internal */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Some of the values in the inventory. @internal */
export interface ChoicePage {
  readonly choices: readonly Choice[];
  /** Pass it as `after` for the next page; absent on the last page. */
  readonly next: string | undefined;
}

/** How to list choices. @internal */
export interface ListChoicesOptions extends CallOptions {
  /** The values already chosen for other fields: only matching rows are listed. */
  readonly within?: Pick<ImageFilter, ChoiceField> | undefined;
  /** Part of the label, in upper or lower case. The service searches. */
  readonly search?: string | undefined;
  /** {@link ChoicePage.next} of the previous page. */
  readonly after?: string | undefined;
}

const PAGE_SIZE = 100;
/** A page ends after this many choices or requests, because a user waits for it. */
const ENOUGH_CHOICES = 25;
const MAX_REQUESTS = 10;

/**
 * The distinct values of a field, for drop-down lists. The service filters and pages, so the size of the inventory does not matter.
 *
 * @throws {@link ValidationError} for an `after` that is not from a previous page; and whatever `call` throws.
 * @internal
 */
export async function listChoices(
  call: Call,
  field: ChoiceField,
  options: ListChoicesOptions = {},
): Promise<ChoicePage> {
  const { within: given, search = '', after, ...callOptions } = withSharedTotal(options);
  const within = { ...given };
  const { page, seen } = readPosition(after);
  const known = new Set(seen);
  const choices: Choice[] = [];
  const criteria = criteriaOf({ ...within, ...searchOf(field, search) });
  const logicalExp = criteria.length > 1 ? ('AND' as const) : undefined;
  for (let currentPage = page; ; currentPage++) {
    const input = { criteria, logicalExp, currentPage, pageSize: PAGE_SIZE };
    const { output } = await call(describeImageInstancesOperation, input, callOptions);
    for (const image of output.images) {
      const choice = choiceOf(field, image);
      if (choice === undefined || known.has(choice.value) || !matches(image, within, choice, search))
        continue;
      known.add(choice.value);
      choices.push(choice);
    }
    const rowsPerPage = output.pageSize ?? PAGE_SIZE;
    const { totalCount } = output;
    const ended =
      output.images.length === 0 || (totalCount !== undefined && currentPage * rowsPerPage >= totalCount);
    if (ended) return { choices, next: undefined };
    if (choices.length >= ENOUGH_CHOICES || currentPage - page + 1 >= MAX_REQUESTS)
      return { choices, next: JSON.stringify({ page: currentPage + 1, seen: [...known] }) };
  }
}

function choiceOf(field: ChoiceField, image: Image): Choice | undefined {
  const value = image[field];
  if (value === undefined || value === '') return undefined;
  if (field === 'instanceId') {
    const domain = pullDomain(image);
    return { value, label: domain === undefined ? value : `${domain} (${value})` };
  }
  if (field !== 'repoId') return { value, label: value };
  const path = [image.repoNamespace, image.repoName].filter(Boolean).join('/');
  return { value, label: path || value };
}

/**
 * A repository is searched by its name; the text before the last slash is the namespace. The service cannot search the domain of an
 * instance, so only an id is sent.
 */
function searchOf(field: ChoiceField, search: string): ImageFilter {
  const text = search.trim();
  if (text === '' || (field === 'instanceId' && !/^(cri-\w+|\d+)$/.test(text))) return {};
  if (field !== 'repoId') return { [field]: text };
  const slash = text.lastIndexOf('/');
  const [repoNamespace, repoName] = [text.slice(0, Math.max(slash, 0)), text.slice(slash + 1)];
  return { ...(repoNamespace && { repoNamespace }), ...(repoName && { repoName }) };
}

/** Compared here too, because the service can match fuzzily or ignore a criterion. */
function matches(
  image: Image,
  within: Pick<ImageFilter, ChoiceField>,
  { label }: Choice,
  search: string,
): boolean {
  const fields = ['regionId', 'instanceId', 'repoId', 'tag'] as const;
  return (
    fields.every((name) => within[name] === undefined || within[name] === image[name]) &&
    label.toLowerCase().includes(search.trim().toLowerCase())
  );
}

function readPosition(after: string | undefined): {
  readonly page: number;
  readonly seen: readonly string[];
} {
  if (after === undefined) return { page: 1, seen: [] };
  try {
    const position: unknown = JSON.parse(after);
    if (isObject(position) && Number.isSafeInteger(position['page']) && Array.isArray(position['seen']))
      return { page: Number(position['page']), seen: position['seen'].map(String) };
  } catch {
    // Rejected below, like any other text.
  }
  throw new ValidationError(`after: must be the "next" of a previous page, got ${JSON.stringify(after)}`);
}
