import { EXIT, type ExitCode } from './exit-codes.ts';

/** A command cannot continue, for a reason that is not an error of core. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  /** Identifies the reason in JSON. */
  readonly code: string;
  readonly exitCode: ExitCode;
  /** What to do, as an instruction. */
  readonly remedy: string;

  constructor(code: string, exitCode: ExitCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
    this.remedy = remedy;
  }
}

/** The command line is wrong in a way that the argument parser cannot detect. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';

  constructor(message: string, remedy: string) {
    super('Usage', EXIT.usage, message, remedy);
  }
}

/** The error for a stream that cannot be written, for example because the disk is full. */
export function outputError(target: string, { message }: Error): CommandError {
  return new CommandError(
    'Output',
    EXIT.output,
    `${target}: ${message}`,
    'Check the free space and the permissions of the output.',
  );
}
