import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import type { CliContext, CliStream } from '../context.ts';
import type { OptionValues } from '../option-values.ts';

export type Palette = ReturnType<typeof picocolors.createColors>;

/** Colours for one stream. `--no-color` and NO_COLOR turn them off, FORCE_COLOR turns them on; the default is on for terminals. */
export function palette(stream: CliStream, options: OptionValues, { environment }: CliContext): Palette {
  return picocolors.createColors(wantsColor(stream, options, environment));
}

function wantsColor(
  stream: CliStream,
  options: OptionValues,
  environment: CliContext['environment'],
): boolean {
  if (options.denied('color') || environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/** Width of the terminal in characters. `undefined`: no limit. */
export function terminalWidth({ stdout, environment }: CliContext): number | undefined {
  const columns = stdout.columns ?? Number(environment['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}

/** Removes escape sequences, control characters and bidirectional overrides from text that came over the network or from a file. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Bidi_Control}]/gu, '');
}
