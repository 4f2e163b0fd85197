import { type ChoiceField, listChoices } from '@describe-image/core/images';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createCall } from '../http/create-call.ts';
import { nodeError } from '../node-error.ts';

type Search = (
  this: ILoadOptionsFunctions,
  filter?: string,
  paginationToken?: string,
) => Promise<INodeListSearchResult>;

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
      const { choices, next } = await listChoices(await createCall(this), field, {
        within,
        search,
        after: paginationToken,
      });
      const results = choices.map(({ label, value }) => ({ name: label, value }));
      return next === undefined ? { results } : { results, paginationToken: next };
    } catch (error) {
      throw nodeError(this.getNode(), error);
    }
  };
}
