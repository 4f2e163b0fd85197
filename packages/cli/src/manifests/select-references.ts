import type { OptionDefinition } from '../command-definition.ts';
import type { OptionValues } from '../option-values.ts';

/** Flags that select references. */
export const SELECT_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--only <pattern>',
    description: 'only references that match; * matches any characters, for example "*/shop/*"',
  },
  { flags: '--exclude <pattern>', description: 'no references that match' },
];

/** Whether the flags select a reference. */
export function selection(options: OptionValues): (reference: string) => boolean {
  const only = patternOf(options.text('only'));
  const exclude = patternOf(options.text('exclude'));
  return (reference) => (only?.test(reference) ?? true) && !(exclude?.test(reference) ?? false);
}

function patternOf(pattern: string | undefined): RegExp | undefined {
  if (pattern === undefined) return undefined;
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
