import manifest from '../../package.json' with { type: 'json' };

/** Version of this package. The build copies it from package.json. @public */
export const VERSION: string = manifest.version;
