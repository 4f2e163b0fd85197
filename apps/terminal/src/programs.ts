import { findProgram } from './find-program.ts';

/** The command line. */
export function cliProgram(): string {
  return findProgram(import.meta.resolve('@describe-image/cli/package.json'), 'describe-image');
}

/** The emulator as a process of its own. */
export function emulatorProgram(): string {
  return findProgram(import.meta.resolve('@describe-image/emulator/package.json'), 'describe-image-emulator');
}
