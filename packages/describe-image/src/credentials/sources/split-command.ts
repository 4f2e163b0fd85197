/**
 * Splits a command line into program and arguments at white space, with quotes and backslashes as in a shell, and nothing else of
 * a shell: no variables, no pipes. `undefined` when a quote is left open or nothing is there.
 */
export function splitCommand(text: string): readonly [string, ...string[]] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const after = text.charAt(index + 1);
    // Before anything else a backslash stands for itself, as in paths of Windows.
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
