import { ValidationError } from '../errors/errors.ts';
import { describeImageInstancesOperation } from '../operations/describe-image-instances.ts';
import type { Image } from '../operations/image.ts';
import { isObject } from '../protocol/is-object.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import { criteriaOf, type ImageFilter } from './image-filter.ts';

/** One of the four ids by which DescribeImage is asked. */
export type ChoiceField = 'regionId' | 'instanceId' | 'repoId' | 'tag';

/** A value to choose, and how to show it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Some of the values that the inventory holds. */
export interface ChoicePage {
  readonly choices: readonly Choice[];
  /** Hand it back to go on; absent at the end. */
  readonly next: string | undefined;
}

/** @public */
export interface ListChoicesOptions extends CallOptions {
  /** What is chosen already: only values that go with it are listed. */
  readonly within?: Pick<ImageFilter, ChoiceField> | undefined;
  /** Part of the label, in any case. The service searches. */
  readonly search?: string | undefined;
  /** {@link ChoicePage.next} of the page before. */
  readonly after?: string | undefined;
}

const PAGE_SIZE = 100;
/** A page of choices is whole after so many new ones, or so many requests: an answer must come while someone waits. */
const ENOUGH_CHOICES = 25;
const MAX_REQUESTS = 10;

/**
 * The distinct values of a field, for drop-downs: filtered and paged by the service, so that an inventory of any size will do.
 *
 * @throws {@link ValidationError} for an `after` that is not from a page before.
 * @public
 */
export async function listChoices(
  call: Call,
  field: ChoiceField,
  { within = {}, search = '', after, signal }: ListChoicesOptions = {},
): Promise<ChoicePage> {
  const { page, seen } = readPosition(after);
  const known = new Set(seen);
  const choices: Choice[] = [];
  const criteria = criteriaOf({ ...within, ...searchOf(field, search) });
  const logicalExp = criteria.length > 1 ? ('AND' as const) : undefined;
  for (let currentPage = page; ; currentPage++) {
    const input = { criteria, logicalExp, currentPage, pageSize: PAGE_SIZE };
    const { output } = await call(describeImageInstancesOperation, input, { signal });
    for (const image of output.images) {
      const choice = choiceOf(field, image);
      if (choice === undefined || known.has(choice.value) || !fits(image, within, choice, search)) continue;
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
  if (field !== 'repoId') return { value, label: value };
  const path = [image.repoNamespace, image.repoName].filter(Boolean).join('/');
  return { value, label: path || value };
}

/** Repositories are searched by their names; a slash parts the namespace from them. */
function searchOf(field: ChoiceField, search: string): ImageFilter {
  const text = search.trim();
  if (text === '') return {};
  if (field !== 'repoId') return { [field]: text };
  const slash = text.lastIndexOf('/');
  const [repoNamespace, repoName] = [text.slice(0, Math.max(slash, 0)), text.slice(slash + 1)];
  return { ...(repoNamespace && { repoNamespace }), ...(repoName && { repoName }) };
}

/** Compared here in any case: criteria may match fuzzily, or be ignored. */
function fits(
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
    // Refused below, as any other text is.
  }
  throw new ValidationError('after: wanted what the page before called next');
}
