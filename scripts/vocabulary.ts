/** A word that STYLE.md replaces. */
export interface VocabularyRule {
  readonly pattern: RegExp;
  /** What to write instead. */
  readonly use: string;
}

/** An allowed occurrence of such a word. */
export interface VocabularyException {
  readonly file: RegExp;
  /** Matches the text that is allowed. */
  readonly text: RegExp;
  readonly reason: string;
}

/**
 * The right column of STYLE.md's table. Patterns see a line with its identifiers split into words, so
 * that `tellMoves` is found like "tell moves".
 */
export const VOCABULARY: readonly VocabularyRule[] = [
  { pattern: /\bmend(?:s|ed|ing)?\b/i, use: 'fix, correct or recover' },
  {
    pattern: /\b(?:tell|tells|told|untold|telling)\b/i,
    use: 'report, notify, return or show',
  },
  { pattern: /\b(?:say|says|saying|said|unsaid)\b/i, use: 'report, return, show, state or print' },
  { pattern: /\bdoors?\b/i, use: 'entry point or export' },
  { pattern: /\bsightings?\b/i, use: 'observation' },
  {
    pattern:
      /\b(?:last|newer|older|newest|latest|no|read|write|source's|a) words? (?:of|on|from|is|about)\b/i,
    use: 'observation',
  },
  { pattern: /\b(?:read|write) Words?\b/, use: 'observation' },
  { pattern: /\b(?:whoever|nobody|somebody)\b|\bwho has\b/i, use: 'caller, user, client or service' },
  { pattern: /\bnothing (?:is|was) known\b/i, use: 'unknown, missing or not provided' },
  { pattern: /\bhouse\b|\bholds? (?:you|us|it|them) to\b/i, use: 'check, rule or convention' },
  {
    pattern:
      /(?:\b(?:a|its|their|your|the|no|each|any|more|gives|wants) |'s )turns?\b(?! (?:on|off|into|out)\b)|\bconst turn\b|(?<!\bin )\bturn[.:]/i,
    use: 'slot or wait queue',
  },
  {
    pattern:
      /\bboard(?:s|ed|ing)?\b|\bland(?:s|ed)?\b|\bpassengers?\b|(?<!\bin[- ])\bflights?\b|\bclosings\b/i,
    use: 'in-flight request, join, settle, merge or waiter',
  },
  {
    pattern: /\bpatien(?:ce|t|tly)\b/i,
    use: 'time limit, timeout or deadline',
  },
  { pattern: /\bpaces?\b/i, use: 'rate limit or interval' },
  { pattern: /\bthe ones? before\b|\bwhat it was\b/i, use: 'previous, earlier or latest' },
];

/** At most ten, each with its reason. */
export const VOCABULARY_EXCEPTIONS: readonly VocabularyException[] = [
  {
    file: /^(?:STYLE\.md|scripts\/vocabulary\.ts|scripts\/check-conventions\.test\.ts)$/,
    text: /.*/,
    reason: 'lists the words themselves',
  },
];
