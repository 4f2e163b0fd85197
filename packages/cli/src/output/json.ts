/** A document over several lines, ended by one. */
export function jsonDocument(value: unknown): string {
  return `${terminalSafe(JSON.stringify(value, undefinedAsNull, 2))}\n`;
}

/** A document on one line, for ndjson. */
export function jsonLine(value: unknown): string {
  return `${terminalSafe(JSON.stringify(value, undefinedAsNull))}\n`;
}

/** Keys stay where they are: what is not known is null, never absent. */
function undefinedAsNull(_key: string, value: unknown): unknown {
  return value === undefined ? null : value;
}

/** JSON escapes the control characters below U+0020 alone; terminals obey those from U+007F to U+009F as well. */
function terminalSafe(json: string): string {
  return json.replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
