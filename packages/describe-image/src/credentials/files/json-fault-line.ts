const TOKEN =
  /\s*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/uy;

/** The first line, counted from 1, that is not JSON. The message of JSON.parse cannot be shown: it quotes the text. */
export function jsonFaultLine(text: string): number {
  TOKEN.lastIndex = 0;
  let position = 0;
  const next = (): string => {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) return '';
    position = TOKEN.lastIndex;
    return match[1] ?? (match[2] === undefined ? 'literal' : 'string');
  };
  const states: string[] = ['value'];
  for (let state = states.pop(); state !== undefined; state = states.pop()) {
    const before = position;
    const token = next();
    const follow = FOLLOW[state]?.[token];
    if (follow === undefined) {
      position = before;
      break;
    }
    states.push(...follow);
  }
  const fault = position + (/^\s*/.exec(text.slice(position))?.[0].length ?? 0);
  return text.slice(0, fault).split('\n').length;
}

const VALUE: Readonly<Record<string, readonly string[]>> = {
  '{': ['first-key'],
  '[': ['first-item'],
  string: [],
  literal: [],
};

/** The states that follow a token, in reverse order. */
const FOLLOW: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  value: VALUE,
  'first-key': { '}': [], string: ['after-member', 'value', 'colon'] },
  key: { string: ['after-member', 'value', 'colon'] },
  colon: { ':': [] },
  'after-member': { '}': [], ',': ['key'] },
  'first-item': {
    ']': [],
    '{': ['after-item', 'first-key'],
    '[': ['after-item', 'first-item'],
    string: ['after-item'],
    literal: ['after-item'],
  },
  'after-item': { ']': [], ',': ['after-item', 'value'] },
};
