import picocolors from 'picocolors';
import type { CliContext, CliStream } from '../context.ts';
import type { OptionValues } from '../option-values.ts';

export type Palette = ReturnType<typeof picocolors.createColors>;

/** Colours for one stream: refused by `--no-color` and NO_COLOR, forced by FORCE_COLOR, else for terminals. */
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
