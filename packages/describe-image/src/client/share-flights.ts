import { AbortError } from '../errors/errors.ts';

interface Flight<Result> {
  readonly promise: Promise<Result>;
  /** Absent when the first caller cannot abort: the flight then always lands. */
  readonly controller: AbortController | undefined;
  passengers: number;
}

/** Joins a call to an equal one under way, or starts it. */
export type ShareFlight = <Result>(
  key: string,
  signal: AbortSignal | undefined,
  start: (signal: AbortSignal | undefined) => Promise<Result>,
) => Promise<Result>;

/**
 * De-duplicates equal calls in flight. A caller that aborts leaves alone; the call itself is stopped when the last one
 * has left.
 */
export function createFlights(): ShareFlight {
  const flights = new Map<string, Flight<unknown>>();

  return <Result>(
    key: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal | undefined) => Promise<Result>,
  ): Promise<Result> => {
    const known = flights.get(key) as Flight<Result> | undefined; // a key names the operation, and so the result's type
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    const controller = known === undefined && signal !== undefined ? new AbortController() : undefined;
    const flight: Flight<Result> = known ?? {
      promise: start(controller?.signal),
      controller,
      passengers: 0,
    };
    if (known === undefined) {
      flights.set(key, flight);
      flight.promise.then(land, land);
    }
    flight.passengers++;
    return signal === undefined ? flight.promise : board(flight, signal, land);
  };
}

function board<Result>(flight: Flight<Result>, signal: AbortSignal, land: () => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(new AbortError('the call was aborted', { cause: signal.reason }));
      if (--flight.passengers > 0) return;
      land();
      flight.controller?.abort(signal.reason);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    flight.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
