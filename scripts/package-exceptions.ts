/** Complaints that a package cannot mend. */
export interface Exceptions {
  /** publint's codes. */
  readonly publint: readonly string[];
  /** arethetypeswrong's rules. */
  readonly attw: readonly string[];
}

const NONE: Exceptions = { publint: [], attw: [] };

/**
 * What Backstage's own `prepack` writes into every plugin's package.json, whatever the plugin says. Hosts
 * read the same manifests of hundreds of other plugins; nothing of it stops one of them.
 */
const BACKSTAGE: Exceptions = {
  publint: [
    'USE_TYPE', // its builder names the formats by the endings .cjs.js and .esm.js instead
    'FILE_INVALID_FORMAT', // and bundlers, which alone import .esm.js, read it as what it is
    'EXPORTS_TYPES_SHOULD_BE_FIRST', // "types" comes after "import" and "require"
    'TYPES_NOT_EXPORTED', // for the same reason; the compiler falls back to "types"
    'EXPORTS_VALUE_INVALID', // the condition "backstage" names the kind of the default export, not a file
    'CJS_WITH_ESMODULE_DEFAULT_EXPORT', // the back end loads a plugin's default export through interop
  ],
  attw: [
    'fallback-condition', // "types" after "import" and "require"
    'unexpected-module-syntax', // .esm.js without a type
    'cjs-only-exports-default', // the plugin is the default export
  ],
};

/** What may be said of a package, as it follows a host's convention that the checks do not know. */
export function packageExceptions(manifest: Readonly<Record<string, unknown>>): Exceptions {
  return 'backstage' in manifest ? BACKSTAGE : NONE;
}
