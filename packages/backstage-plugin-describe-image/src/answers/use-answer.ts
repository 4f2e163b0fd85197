import useSWR from 'swr';

/** An answer of the back end as it comes in. */
export interface Answer<Data> {
  /** The last answer; it stays while a newer one is awaited, and when that one fails. */
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  /** Nothing has come yet. */
  readonly loading: boolean;
  readonly ask: () => void;
  /** Puts an answer in place that came another way. */
  readonly put: (data: Data) => void;
}

/**
 * Asks once for what components show together, and again when told to.
 *
 * @param question - what makes it another question; `undefined` asks nothing
 */
export function useAnswer<Data>(
  question: readonly unknown[] | undefined,
  ask: () => Promise<Data>,
): Answer<Data> {
  const { data, error, isLoading, mutate } = useSWR<Data, Error>(
    question === undefined ? null : ['describe-image', ...question],
    ask,
    // Signals say when there is news; a question on every glance would be one too many.
    { keepPreviousData: true, revalidateOnFocus: false, shouldRetryOnError: false },
  );
  return {
    data,
    error,
    loading: isLoading && data === undefined,
    ask: () => void mutate(),
    put: (next) => void mutate(next, { revalidate: false }),
  };
}
