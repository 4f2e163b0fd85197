/** Values of `vulns --output`. */
export const VULNS_OUTPUTS = ['table', 'json', 'ndjson', 'sarif', 'markdown'] as const;
export type VulnsOutput = (typeof VULNS_OUTPUTS)[number];

/** Values of `vulns --fail-on`. */
export const FAIL_ON = ['asap', 'later', 'any'] as const;
export type FailOn = (typeof FAIL_ON)[number];
