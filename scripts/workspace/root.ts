import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Whether a module was started as a program, not imported by its test. */
export function isProgram(meta: ImportMeta): boolean {
  return process.argv[1] === meta.filename;
}
