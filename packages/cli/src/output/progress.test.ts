import { expect, it } from 'vitest';
import { OptionValues } from '../option-values.ts';
import { createProgress } from './progress.ts';

function progressOn(
  stream: { isTTY?: boolean; columns?: number },
  options = {},
  environment = {},
  streams = false,
) {
  let text = '';
  let time = 0;
  const stderr = { ...stream, write: (written: string) => (text += written) };
  const streamsTo = { stdout: { ...stderr }, stderr, environment };
  const progress = createProgress(streamsTo, new OptionValues(options), { streams, now: () => time });
  return { progress, text: () => text, wait: (milliseconds: number) => (time += milliseconds) };
}

it('shows nothing for a command that finishes within half a second', () => {
  const { progress, text, wait } = progressOn({ isTTY: true });
  progress.show('1 of 2');
  wait(400);
  progress.show('2 of 2');
  progress.clear();
  expect(text()).toBe('');
});

it('replaces the line at most every 100 ms and removes it at the end', () => {
  const { progress, text, wait } = progressOn({ isTTY: true, columns: 8 });
  wait(600);
  progress.show('10 of 20 images');
  progress.show('not shown');
  wait(100);
  progress.show('20');
  progress.clear();
  expect(text()).toBe('\r\u001b[K10 of 2\r\u001b[K20\r\u001b[K');
});

it.each<[string, object, object, object, boolean]>([
  ['a pipe', {}, {}, {}, false],
  ['a dumb terminal', { isTTY: true }, {}, { TERM: 'dumb' }, false],
  ['--verbose', { isTTY: true }, { verbose: true }, {}, false],
  ['results that are printed to the same terminal', { isTTY: true }, {}, {}, true],
])('shows nothing for %s', (_, stream, options, environment, streams) => {
  const { progress, text, wait } = progressOn(stream, options, environment, streams);
  wait(1_000);
  progress.show('1 of 2');
  progress.clear();
  expect(text()).toBe('');
});
