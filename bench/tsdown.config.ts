import type { UserConfig } from 'tsdown';

// Built, so that no contender's cold start pays for the stripping of types. Packages stay outside: they are what is measured.
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
  target: 'node22',
  fixedExtension: true,
  deps: { neverBundle: [/^@/, 'undici', 'tinybench'] },
  dts: false,
};

export default config;
