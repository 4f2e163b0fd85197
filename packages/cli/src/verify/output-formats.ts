/** Values of `verify --output`. */
export const VERIFY_OUTPUTS = ['table', 'json', 'sarif', 'junit', 'markdown', 'github'] as const;

/** Values of `verify --fail-on`. */
export const REJECTED = ['risky', 'stale', 'asap', 'later'] as const;
