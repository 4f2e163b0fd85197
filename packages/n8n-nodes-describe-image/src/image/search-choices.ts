import { type ChoiceField, listChoices } from '@describe-image/core/images';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createCall } from '../http/create-call.ts';
import { nodeError } from '../node-error.ts';

type Search = (
  this: ILoadOptionsFunctions,
  filter?: string,
  paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Pages of up to ten requests. */
const MAX_PAGES = 10;
const CUT = 'The list is cut here. Type to search all images.';

/** Creates the list search of one ID field. The results match the values selected in `parents`. */
export function searchChoices(field: ChoiceField, parents: readonly ChoiceField[]): Search {
  return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
    const within: Partial<Record<ChoiceField, string>> = {};
    for (const name of parents) {
      const value: unknown = this.getCurrentNodeParameter(name, { extractValue: true });
      if (typeof value === 'string' && value !== '') within[name] = value;
    }
    try {
      const search = filter ?? '';
      const { pages, after } = readToken(paginationToken);
      const { choices, next } = await listChoices(await createCall(this), field, {
        within,
        search,
        after,
      });
      const results = choices.map(({ label, value }) => ({ name: label, value }));
      if (next === undefined) return { results };
      // n8n reads the next page by itself while the list is short, so a field with few values would read the whole inventory.
      if (pages + 1 < MAX_PAGES) return { results, paginationToken: `${pages + 1}:${next}` };
      return { results: [...results, { name: CUT, value: '' }] };
    } catch (error) {
      throw nodeError(this.getNode(), error);
    }
  };
}

/** The token has the number of pages that were read before, and core's position. */
function readToken(token = ''): { readonly pages: number; readonly after: string | undefined } {
  const [, pages, after] = /^(\d+):(.*)$/s.exec(token) ?? [];
  return { pages: Number(pages ?? 0), after };
}
