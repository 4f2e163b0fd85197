import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/bin.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: true,
  fixedExtension: false,
  exports: { devExports: 'source', exclude: ['bin'], customExports: { './seeds/*.json': './seeds/*.json' } },
});
