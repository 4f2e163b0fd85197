import useSWR from 'swr';

/** Data from the back end, with the state of its request. */
export interface BackEndData<Data> {
  /** The latest data. It is kept while newer data loads and when that fails. */
  readonly data: Data | undefined;
  /** When `data` was received, in ISO 8601. */
  readonly loadedAt: string | undefined;
  readonly error: Error | undefined;
  /** The first request is running. */
  readonly loading: boolean;
  readonly reload: () => void;
  /** Replaces the data without a request. */
  readonly replace: (data: Data) => void;
}

interface Loaded<Data> {
  readonly key: string;
  readonly data: Data;
  readonly at: string;
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
  const name = JSON.stringify(key);
  const stamp = (data: Data): Loaded<Data> => ({ key: name, data, at: new Date().toISOString() });
  const { data, error, isLoading, mutate } = useSWR<Loaded<Data>, Error>(
    key === undefined ? null : ['describe-image', ...key],
    async () => stamp(await load()),
    // Signals report changes, so a request at every focus is not needed.
    { keepPreviousData: true, revalidateOnFocus: false, shouldRetryOnError: false },
  );
  // After a failure, the data of another key would contradict the controls beside it.
  const shown = error !== undefined && data?.key !== name ? undefined : data;
  return {
    data: shown?.data,
    loadedAt: shown?.at,
    error,
    loading: isLoading && shown === undefined,
    reload: () => void mutate(),
    replace: (next) => void mutate(stamp(next), { revalidate: false }),
  };
}
