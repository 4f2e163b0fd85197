import { describe, expect, test } from 'vitest';
import { createFlights } from './share-flights.ts';

const untilAborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

describe('equal calls under way', () => {
  test('are stopped for a caller whose signal fired before it could board', async () => {
    const share = createFlights();
    let given: AbortSignal | undefined;
    const call = share('key', AbortSignal.abort('enough'), (signal) => {
      given = signal;
      return untilAborted(signal);
    });
    await expect(call).rejects.toMatchObject({ code: 'Abort', cause: 'enough' });
    expect(given?.aborted).toBe(true);
    // Its place is free: the next call is started anew.
    expect(await share('key', undefined, () => Promise.resolve('another'))).toBe('another');
  });

  test('go on for the others when such a caller joins them', async () => {
    const share = createFlights();
    let land: (result: string) => void = () => {};
    const first = share(
      'key',
      new AbortController().signal,
      () =>
        new Promise<string>((resolve) => {
          land = resolve;
        }),
    );
    const second = share('key', AbortSignal.abort('enough'), () => Promise.resolve('another'));
    await expect(second).rejects.toMatchObject({ code: 'Abort' });
    land('landed');
    expect(await first).toBe('landed');
  });
});
