import { type ChoiceField, listChoices } from '@describe-image/core/images';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { callThrough } from './call-through.ts';
import { nodeError } from './node-error.ts';

type Search = (
  this: ILoadOptionsFunctions,
  filter?: string,
  paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A drop-down of the values of one id, among the images that go with the ids chosen above it. */
export function searchChoices(field: ChoiceField, above: readonly ChoiceField[]): Search {
  return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
    const within: Partial<Record<ChoiceField, string>> = {};
    for (const name of above) {
      const value: unknown = this.getCurrentNodeParameter(name, { extractValue: true });
      if (typeof value === 'string' && value !== '') within[name] = value;
    }
    try {
      const search = filter ?? '';
      const { choices, next } = await listChoices(await callThrough(this), field, {
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
