// Writes the diagrams of docs/architecture.md from the import rules.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_FOLDERS, type Layer, PACKAGES } from './import-rules.ts';
import { ROOT } from './workspace/root.ts';

const FILE = join(ROOT, 'docs/architecture.md');

const pictures = { packages: draw(PACKAGES), core: draw(CORE_FOLDERS) };
const document = Object.entries(pictures).reduce(
  (text, [name, picture]) =>
    text.replace(
      new RegExp(`(<!-- picture: ${name} -->\\n)[^]*?(<!-- end -->)`),
      (_, start: string, end: string) => `${start}\n\`\`\`mermaid\n${picture}\n\`\`\`\n\n${end}`,
    ),
  readFileSync(FILE, 'utf8'),
);
writeFileSync(FILE, document);

/** Draws an arrow for each allowed import, except for those that other arrows imply. */
function draw(layers: readonly Layer[]): string {
  const imports = new Map(layers.map((layer) => [layer.name, layer.imports]));
  return [
    'flowchart LR',
    ...layers.map(({ name, purpose }) => `  ${name}["<b>${name}</b><br>${purpose}"]`),
    ...layers.flatMap((layer) =>
      layer.imports
        .filter((target) => !layer.imports.some((other) => imports.get(other)?.includes(target)))
        .map((target) => `  ${layer.name} --> ${target}`),
    ),
  ].join('\n');
}
