/**
 * A failure with a remedy. Any other error is a bug of this program and keeps its stack.
 */
export class Failure extends Error {
  /**
   * @param {string} what What failed, in one line.
   * @param {{ where?: string, remedy: string, output?: string }} details
   */
  constructor(what, { where, remedy, output }) {
    super(what);
    this.name = 'Failure';
    this.where = where;
    this.remedy = remedy;
    this.output = output;
  }
}

/**
 * Formats a failure for a terminal.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeFailure(error) {
  if (!(error instanceof Failure)) {
    const stack = error instanceof Error ? error.stack : String(error);
    return `\nUnexpected failure, probably a bug in scripts/: please report it.\n${stack}\n`;
  }
  const lines = ['', `✗ ${error.message}`];
  if (error.output) lines.push('', ...lastLines(error.output, 20).map((line) => `    ${line}`), '');
  if (error.where) lines.push(`  where: ${error.where}`);
  lines.push(`  what to do: ${error.remedy}`, '');
  return lines.join('\n');
}

/**
 * @param {string} text
 * @param {number} count
 * @returns {string[]}
 */
function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count);
}
