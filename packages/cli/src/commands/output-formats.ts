// In a file of their own: a command's definition and its lazily loaded implementation both need them.

/** Values of `digest --output`. */
export const DIGEST_OUTPUTS = ['digest', 'ref', 'json', 'table', 'ndjson'] as const;

/** Values of `digest --source`. */
export const DIGEST_SOURCES = ['both', 'live', 'inventory'] as const;

/** Values of `--input-format`. */
export const LIST_FORMATS = ['text', 'csv', 'ndjson'] as const;

/** Values of `images --output`. */
export const IMAGES_OUTPUTS = ['table', 'tsv', 'json', 'ndjson'] as const;

/** Values of `doctor --output`. */
export const DOCTOR_OUTPUTS = ['text', 'json'] as const;

/** Values of `pin --output`. */
export const PIN_OUTPUTS = ['text', 'json'] as const;

/** Values of `wait --for`. */
export const GOALS = ['live', 'scanned'] as const;

/** Values of `history --output`. */
export const HISTORY_OUTPUTS = ['text', 'ndjson'] as const;
