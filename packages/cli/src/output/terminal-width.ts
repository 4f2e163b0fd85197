import type { CliContext } from '../context.ts';

/** Width of what stdout is shown on; `undefined` where nothing limits it. */
export function terminalWidth({ stdout, environment }: CliContext): number | undefined {
  const columns = stdout.columns ?? Number(environment['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}
