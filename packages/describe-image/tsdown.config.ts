import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'index-web': 'src/index-web.ts',
    protocol: 'src/protocol/index.ts',
    images: 'src/images/index.ts',
    transport: 'src/transport/index.ts',
    credentials: 'src/credentials/index.ts',
    'credentials-portable': 'src/credentials/portable.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  deps: { neverBundle: [/^node:/] },
  target: 'node20',
  dts: true,
  fixedExtension: true,
});
