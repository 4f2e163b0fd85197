/** What `--output` of `images` takes. */
export const IMAGES_OUTPUTS = ['table', 'tsv', 'json', 'ndjson'] as const;
