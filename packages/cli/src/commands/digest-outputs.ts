/** What `--output` of `digest` takes. */
export const DIGEST_OUTPUTS = ['digest', 'ref', 'json', 'table'] as const;
