import type { UserConfig } from 'tsdown';

/** One file without dependencies, for images and machines without npm. */
const config: UserConfig = {
  entry: { 'describe-image': 'src/bin.ts' },
  outDir: 'single',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: false,
  fixedExtension: true,
  minify: true,
  // jq-wasm reads __dirname.
  shims: true,
  deps: { alwaysBundle: [/^(?!node:)/] },
  outputOptions: { codeSplitting: false },
};

export default config;
