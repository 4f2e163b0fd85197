// n8n loads the CommonJS files listed in package.json. Each file is a bundle, because a verified package may have no dependencies.
// The bundles are not minified, so that reviewers can read them.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const watching = process.argv[2] === '--watch';
const outdir = watching ? join(root, 'dist') : (process.argv[2] ?? join(root, 'dist'));
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = [...n8n.credentials, ...n8n.nodes].map((path) =>
  path.replace(/^dist\//, '').replace(/\.js$/, ''),
);

rmSync(outdir, { recursive: true, force: true });
const bundles = await context({
  absWorkingDir: root,
  entryPoints: entries.map((path) => ({ in: `${path}.ts`, out: path })),
  outdir,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  conditions: ['source'],
  external: ['n8n-workflow'],
  legalComments: 'none',
});
cpSync(join(root, 'icons'), join(outdir, 'icons'), { recursive: true });
for (const entry of n8n.nodes.map((path) => path.replace(/^dist\//, '').replace(/\.js$/, '.json')))
  cpSync(join(root, entry), join(outdir, entry));
await bundles.rebuild();
if (watching) await bundles.watch();
else await bundles.dispose();
