import { mkdirSync, writeFileSync } from 'node:fs';
import { manualPage, referencePage } from './reference.ts';

const folder = new URL('../docs/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('reference.md', folder), referencePage());
writeFileSync(new URL('describe-image.1', folder), manualPage());
