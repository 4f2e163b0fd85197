/** The class of a CommonJS package. In an ES module it may be the `default` of the default export. */
export function defaultExport<Class>(imported: Class | { readonly default: Class }): Class {
  return typeof imported === 'object' && imported !== null && 'default' in imported
    ? imported.default
    : imported;
}
