import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** n8n's copies of packages and of its editor. */
const PROGRAMS = /\/(node_modules|\.cache)(\/|$)/;

/** The files below the folders that contain one of the secrets, with the number of the secret. */
export function findSecrets(folders: readonly string[], secrets: readonly string[]): readonly string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !PROGRAMS.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return files.flatMap((file) => {
    const content = readFileSync(file);
    return secrets.flatMap((secret, index) => (content.includes(secret) ? [`${file}: secret ${index}`] : []));
  });
}
