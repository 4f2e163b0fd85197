import { isObject } from '../../protocol/is-object.ts';
import { faultCode } from '../../protocol/redaction.ts';
import type { FoundCredentials } from '../credential-source.ts';
import { type CredentialHost, isSwitchedOn } from '../host/credential-host.ts';
import { FILE_NAMES, readExpiration, readKeys, requireText } from '../read-keys.ts';
import { failed, systemFault } from '../source-error.ts';

const PROCESS_TIMEOUT_MS = 60_000;
const RUN_BY_HAND = 'Run process_command by hand and check its output.';

/** Whether programs may be run. They are not by default: a file that can be written could otherwise run any program. @public */
export interface ProcessOptions {
  /** Runs the program that a profile of mode External names. @defaultValue false */
  readonly allowProcess?: boolean | undefined;
}

/**
 * Runs the program of an External profile without a shell, and reads the keys that it prints as JSON.
 *
 * @throws CredentialSourceError without the command line and without the output of the program.
 */
export async function findFromProcess(
  host: CredentialHost,
  command: string,
  where: string,
  { allowProcess = false }: ProcessOptions,
): Promise<FoundCredentials> {
  if (!allowProcess)
    throw failed(
      `${where}: runs a program, which is not allowed here`,
      'Pass allowProcess: true if you trust the file.',
    );
  if (isSwitchedOn(host, 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'))
    throw failed(
      `${where}: programs are switched off by ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS`,
      'Unset ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS.',
    );
  const words = splitCommand(command);
  if (words === undefined)
    throw failed(`${where}: process_command leaves a quote open or is empty`, 'Correct process_command.');
  const fields = readPrinted(await run(host, words, where), where);
  const mode = requireText(fields, 'mode', where).toLowerCase();
  if (mode !== 'ak' && mode !== 'ststoken')
    throw failed(`${where}: the program printed a mode other than AK and StsToken`, 'Correct the program.');
  return {
    credentials: {
      ...readKeys(fields, FILE_NAMES, where, mode === 'ak' ? 'ignored' : 'required'),
      expiration: readExpiration(fields, 'expiration', where),
    },
    description: where,
  };
}

async function run(
  { runProcess }: CredentialHost,
  [program, ...parameters]: readonly [string, ...string[]],
  where: string,
): Promise<string> {
  if (runProcess === undefined)
    throw failed(`${where}: no programs can be run here`, 'Use a profile of another mode.');
  try {
    return await runProcess(program, parameters, PROCESS_TIMEOUT_MS);
  } catch (cause) {
    // Node's own message repeats the command line and the output.
    const code = faultCode(cause);
    const how =
      code === undefined
        ? `was stopped, at the latest after ${PROCESS_TIMEOUT_MS / 1000} s`
        : `ended with ${code}`;
    const timedOut = code === undefined;
    throw systemFault(`${where}: the program ${how}`, RUN_BY_HAND, { cause, timedOut });
  }
}

function readPrinted(text: string, where: string): Readonly<Record<string, unknown>> {
  try {
    const printed: unknown = JSON.parse(text);
    if (isObject(printed)) return printed;
  } catch {
    // The parser's message quotes the text.
  }
  throw failed(`${where}: the program printed no JSON object`, RUN_BY_HAND);
}

/**
 * Splits a command line at white space into program and arguments, with the quotes and backslashes of a shell but without its
 * variables and pipes. `undefined` when a quote is not closed or the text is empty.
 */
export function splitCommand(text: string): readonly [string, ...string[]] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const after = text.charAt(index + 1);
    // A backslash escapes only these characters, so that Windows paths stay whole.
    if (
      character === '\\' &&
      quote !== "'" &&
      /["\\]|[\s']/.test(after) &&
      !(quote === '"' && /[\s']/.test(after))
    ) {
      word = (word ?? '') + after;
      index++;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote && quote !== '') {
      quote = '';
    } else if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  const [program, ...parameters] = words;
  return program ? [program, ...parameters] : undefined;
}
