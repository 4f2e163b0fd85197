import type { UserConfig } from 'tsdown';

// Built, so that cold starts do not include the stripping of types. Packages are not bundled, because they are measured.
const config: UserConfig = {
  entry: {
    bench: 'src/bench.ts',
    'answer-server': 'src/programs/answer-server.ts',
    'call-worker': 'src/programs/call-worker.ts',
    'cold-start': 'src/programs/cold-start.ts',
    'sign-alone': 'src/programs/sign-alone.ts',
  },
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  fixedExtension: true,
  deps: { neverBundle: [/^@/, 'undici', 'tinybench'] },
  dts: false,
};

export default config;
