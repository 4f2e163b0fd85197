import { defineConfig } from 'tsdown';

/** What every command needs. In one file, because Node reads one large file faster than many small ones. */
const STARTUP =
  /node_modules\/(?:commander|picocolors)\/|src\/(?:main|program|config|read-config|option-values|option-parsers|command-error|exit-codes|global-options|key-options)\.ts$|src\/(?:\w+\/)?(?:output-formats|image-ids|image-filter|necessities|select-references|terminal)\.ts$|src\/(?:commands\/(?:index|digest|images|explain|policy|doctor|pin)|completion\/completion|mcp\/mcp|verify\/verify|vulns\/vulns|wait\/wait|watch\/watch)\.ts$/;

export default defineConfig({
  entry: { bin: 'src/bin.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: false,
  fixedExtension: false,
  deps: { alwaysBundle: ['commander', 'picocolors'] },
  outputOptions: {
    codeSplitting: {
      groups: [
        // `bin.ts` prints the version without the rest.
        { name: 'manifest', test: /package\.json$/, priority: 1 },
        { name: 'startup', test: STARTUP },
      ],
    },
  },
});
