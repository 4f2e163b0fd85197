import { isObject } from '../../protocol/is-object.ts';
import { FILE_NAMES, readExpiration, readKeys, requireText } from '../files/read-keys.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { isSwitchedOn } from '../host/variable.ts';
import type { FoundCredentials } from './credential-source.ts';
import { failed } from './credential-source-error.ts';
import { splitCommand } from './split-command.ts';

const PROCESS_TIMEOUT_MS = 60_000;

/** Off unless allowed: whoever can write the file could otherwise run programs. */
export interface ProcessOptions {
  /** Run the program that a profile of mode External names. @defaultValue false */
  readonly allowProcess?: boolean | undefined;
}

/**
 * Runs the program of an External profile, without a shell, and reads the keys that it prints as JSON.
 *
 * @throws CredentialSourceError; neither the command nor anything that it printed is repeated.
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
  } catch (error) {
    // Node's own message repeats the command line and what was printed.
    const code =
      error instanceof Error && 'code' in error && error.code != null ? String(error.code) : undefined;
    const how =
      code === undefined
        ? `was stopped, at the latest after ${PROCESS_TIMEOUT_MS / 1000} s`
        : `ended with ${code}`;
    throw failed(`${where}: the program ${how}`, 'Run process_command by hand and see what it says.');
  }
}

function readPrinted(text: string, where: string): Readonly<Record<string, unknown>> {
  try {
    const printed: unknown = JSON.parse(text);
    if (isObject(printed)) return printed;
  } catch {
    // The parser quotes what it read.
  }
  throw failed(
    `${where}: the program printed no JSON object`,
    'Run process_command by hand and see what it says.',
  );
}
