import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('@describe-image/core/package.json');
const built: boolean = existsSync(join(dirname(manifest), 'dist', 'index.mjs'));

/** What the children run core from: its build, or its sources where it has not been built. */
export function measuredBuild(): string {
  return built
    ? 'core is measured as built (packages/describe-image/dist)'
    : 'core is NOT BUILT: measured from its sources, whose cold start includes the stripping of types. Build it first: pnpm --filter @describe-image/core build';
}

export function nodeArguments(): readonly string[] {
  return built ? [] : ['--conditions=source'];
}
