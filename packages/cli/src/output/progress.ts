import type { CliContext } from '../context.ts';
import type { OptionValues } from '../option-values.ts';

/** A line on stderr that is replaced while a command works. */
export interface Progress {
  show(text: string): void;
  /** Removes the line. Call it before other output. */
  clear(): void;
}

/** Commands that finish earlier show no progress. */
const DELAY_MS = 500;
const INTERVAL_MS = 100;

interface ProgressSettings {
  /** Whether results are printed while the command works. On a terminal they show the progress themselves. */
  readonly streams?: boolean | undefined;
  readonly now?: (() => number) | undefined;
}

/** Progress on a terminal. With --verbose nothing is shown, because its lines would be overwritten. */
export function createProgress(
  { stdout, stderr, environment }: Pick<CliContext, 'stdout' | 'stderr' | 'environment'>,
  options: OptionValues,
  { streams = false, now = () => performance.now() }: ProgressSettings = {},
): Progress {
  const isShown =
    stderr.isTTY === true &&
    environment['TERM'] !== 'dumb' &&
    !options.flag('verbose') &&
    !(streams && stdout.isTTY);
  let nextAt = now() + DELAY_MS;
  let isOpen = false;
  return {
    show(text) {
      if (!isShown || now() < nextAt) return;
      nextAt = now() + INTERVAL_MS;
      isOpen = true;
      stderr.write(`${ERASE_LINE}${text.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      if (isOpen) stderr.write(ERASE_LINE);
      isOpen = false;
    },
  };
}

const ERASE_LINE = '\r\u001b[K';
