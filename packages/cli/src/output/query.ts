import type { CommandDefinition } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliStream } from '../context.ts';
import type { OptionValues } from '../option-values.ts';

/** A stdout whose documents are rewritten by `--jq` or `--format`. */
export interface QueriedOutput {
  /** The value of `--output` that the command must use. */
  readonly output: 'json' | 'ndjson';
  readonly stdout: CliStream;
  /** Resolves when all documents are written. @throws UsageError for an invalid filter or template. */
  finish(): Promise<void>;
}

/** @throws UsageError for a command without JSON, or another `--output`. */
export function queryOutput(
  definition: CommandDefinition,
  options: OptionValues,
  stdout: CliStream,
): QueriedOutput {
  const output = jsonOutput(definition, options);
  const rewrite = rewriter(options);
  let rest = '';
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (document: string): void => {
    queue = queue.then(async () => {
      stdout.write(withoutControls(await rewrite(document)));
      await stdout.drained?.();
    });
    // Reported by `finish`.
    queue.catch(() => {});
  };
  return {
    output,
    stdout: {
      write(text) {
        rest += text;
        if (output === 'json') return;
        const lines = rest.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) enqueue(line);
      },
      drained: () => queue,
    },
    finish() {
      if (rest.trim() !== '') enqueue(rest);
      rest = '';
      return queue;
    },
  };
}

function jsonOutput(definition: CommandDefinition, options: OptionValues): 'json' | 'ndjson' {
  const flag = options.text('jq') === undefined ? '--format' : '--jq';
  const choices = definition.options.find(({ flags }) => flags.includes('--output '))?.choices ?? [];
  const output = options.text('output') ?? (choices.includes('ndjson') ? 'ndjson' : 'json');
  if ((output === 'json' || output === 'ndjson') && choices.includes(output)) return output;
  throw new UsageError(
    choices.includes('json')
      ? `${flag} cannot be combined with --output ${output}`
      : `${flag}: ${definition.name} prints no JSON`,
    'Use --output json or ndjson of a command that has it.',
  );
}

function rewriter(options: OptionValues): (document: string) => Promise<string> {
  const filter = options.text('jq');
  const template = options.text('format');
  if (filter !== undefined && template !== undefined)
    throw new UsageError('--jq and --format exclude each other', 'Give one of them.');
  return filter === undefined ? templateRewriter(template ?? '') : jqRewriter(filter);
}

function jqRewriter(filter: string): (document: string) => Promise<string> {
  return async (document) => {
    const { raw } = await import('jq-wasm');
    try {
      const text = await raw(document, filter, ['-r']);
      return text === '' ? '' : `${text.replace(/\n$/, '')}\n`;
    } catch (error) {
      throw invalid('--jq', error);
    }
  };
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\\\': '\\' };

function templateRewriter(text: string): (document: string) => Promise<string> {
  const template = text.replace(/\\[nt\\]/g, (escaped) => ESCAPES[escaped] ?? escaped);
  return async (document) => {
    const { default: mustache } = await import('mustache');
    try {
      return `${mustache.render(template, JSON.parse(document), {}, { escape: String })}\n`;
    } catch (error) {
      throw invalid('--format', error);
    }
  };
}

function invalid(flag: string, error: unknown): UsageError {
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return new UsageError(
    `${flag}: ${message}`,
    flag === '--jq' ? 'Example: --jq .digest' : 'Example: --format "{{reference}} {{digest}}"',
  );
}

/** Text of the inventory must not control the terminal. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, '');
}
