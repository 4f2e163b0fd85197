import { defineConfig } from 'tsdown';

type Exports = Record<string, Record<string, string>>;

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'index-web': 'src/index-web.ts',
    protocol: 'src/protocol/index.ts',
    images: 'src/images/index.ts',
    transport: 'src/transport/index.ts',
    credentials: 'src/credentials/index.ts',
    'credentials/portable': 'src/credentials/portable.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  deps: { neverBundle: [/^node:/] },
  target: 'node20',
  dts: true,
  fixedExtension: true,
  hash: false,
  outputOptions: {
    // Each file costs time to find, read and compile: without groups, one import of `.` loads eighteen. Shared
    // files also keep one identity of each class between the entry points.
    codeSplitting: {
      minShareCount: 2,
      groups: [
        { name: 'types.d', test: /\.d\.[cm]?ts$/, priority: 9 },
        {
          name: 'pure',
          // Without what imports node:crypto, which other runtimes lack.
          test: /\/src\/(?:(?:errors|endpoints|operations|protocol)\/(?!(?:signing\/sign-request|describe-image-instances|describe-image-vul-list|image|read-field|vulnerability)\.ts)|transport\/(?:send|network-error|transport-over-send)\.ts|images\/digests\/describe-image\.ts)/,
          priority: 5,
        },
        {
          // Programs that only call describeImage load none of it.
          name: 'inventory',
          test: /\/src\/(?:operations\/(?:describe-image-instances|image|read-field)|images\/(?:inventory\/(?:list-images|image-filter|newest-rows)|read-pages))\.ts/,
          priority: 4,
        },
        {
          // Programs that resolve references load no vulnerabilities.
          name: 'resolution',
          test: /\/src\/images\/(?:digests\/(?:observe-image|digest-status|resolve-image)|inventory\/(?:find-image|select-candidates|assess-risk)|references\/(?:registry-host|image-reference))\.ts/,
          priority: 3,
        },
        {
          name: 'vulnerabilities',
          test: /\/src\/(?:operations\/(?:describe-image-vul-list|vulnerability)|images\/vulnerabilities\/)/,
          priority: 2,
        },
        { name: 'signing', test: /\/src\/protocol\//, priority: 2 },
        { name: 'client', test: /\/src\/(?:client|public-names)/, priority: 1 },
        // Apart from the client, which other runtimes load too.
        { name: 'node', test: /\/src\/transport\/node\/(?:node-transport|load-module)/, priority: 2 },
        {
          name: 'fetch',
          test: /\/src\/transport\/(?:fetch\/(?:fetch-send|read-stream)|with-deadline)/,
          priority: 1,
        },
      ],
    },
  },
  exports: { devExports: 'source', customExports: byRuntime },
});

/** `.` is another file where Node's modules are missing. Deno and Bun also match `node`, so they come first. */
function byRuntime({ '.': node = {}, './index-web': web = {}, ...rest }: Exports): object {
  const { source, ...nodeFiles } = node;
  const { source: _, ...webFiles } = web;
  const runtimes = ['workerd', 'edge-light', 'browser', 'deno', 'bun'];
  return {
    '.': {
      ...(source && { source }),
      ...Object.fromEntries(runtimes.map((runtime) => [runtime, webFiles])),
      node: nodeFiles,
      default: webFiles,
    },
    ...rest,
  };
}
