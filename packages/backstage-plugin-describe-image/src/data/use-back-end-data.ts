import useSWR from 'swr';

/** Data from the back end, with the state of its request. */
export interface BackEndData<Data> {
  /** The latest data. It is kept while newer data loads and when that fails. */
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  /** The first request is running. */
  readonly loading: boolean;
  readonly reload: () => void;
  /** Replaces the data without a request. */
  readonly replace: (data: Data) => void;
}

/**
 * Loads data from the back end. Components that use the same key share one request.
 *
 * @param key - identifies the data; `undefined` sends no request
 */
export function useBackEndData<Data>(
  key: readonly unknown[] | undefined,
  load: () => Promise<Data>,
): BackEndData<Data> {
  const { data, error, isLoading, mutate } = useSWR<Data, Error>(
    key === undefined ? null : ['describe-image', ...key],
    load,
    // Signals report changes, so a request at every focus is not needed.
    { keepPreviousData: true, revalidateOnFocus: false, shouldRetryOnError: false },
  );
  return {
    data,
    error,
    loading: isLoading && data === undefined,
    reload: () => void mutate(),
    replace: (next) => void mutate(next, { revalidate: false }),
  };
}
