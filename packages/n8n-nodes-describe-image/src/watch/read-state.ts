import { parseWatchState, type WatchState } from '@describe-image/core/images';

/** Reads the state of the last poll: text, or an object of an earlier version of the node. Any other value starts a first poll. */
export function readState(stored: unknown, key: string): WatchState | undefined {
  const state = parseWatchState(typeof stored === 'string' ? parseJson(stored) : stored);
  return state?.watching === key ? state : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
