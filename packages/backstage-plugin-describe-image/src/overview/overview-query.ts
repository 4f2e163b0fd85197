import { IMAGE_STATES, type ImageState } from '@describe-image/backstage-plugin-describe-image-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ImageOverviewQuery } from '../api/describe-image-api.ts';

const PAGE_SIZE = 50;

/** A change of the filters or of the page. An empty text or `undefined` removes a filter. */
export type OverviewChange = {
  readonly [Name in keyof ImageOverviewQuery]?: ImageOverviewQuery[Name] | undefined;
};

/** The filters and the page in the URL, so that a link opens the same images. */
export function useOverviewQuery(): [ImageOverviewQuery, (change: OverviewChange) => void] {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  const query = useMemo(() => readQuery(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (next: OverviewChange) => {
      // All changes but that of the page return to the first page.
      const { pageSize: _, ...rest } = { ...query, page: 1, ...next };
      const given = Object.entries(rest).flatMap(([name, value]): [string, string][] =>
        value === undefined || value === '' || (name === 'page' && value === 1)
          ? []
          : [[name, String(value)]],
      );
      // Each text of a search would otherwise be a step of the browser's history.
      setParameters(new URLSearchParams(given), { replace: 'search' in next });
    },
    [query, setParameters],
  );
  return [query, change];
}

function readQuery(parameters: URLSearchParams): ImageOverviewQuery {
  const text = (name: string) => parameters.get(name) ?? '';
  const page = Number.parseInt(text('page'), 10);
  return {
    owner: text('owner'),
    system: text('system'),
    repository: text('repository'),
    search: text('search'),
    ...stateFilter(text('state')),
    page: Math.max(page || 1, 1),
    pageSize: PAGE_SIZE,
  };
}

/** An unknown state in an old link is ignored. */
function stateFilter(text: string): { state?: ImageState } {
  const state = IMAGE_STATES.find((name) => name === text);
  return state === undefined ? {} : { state };
}
