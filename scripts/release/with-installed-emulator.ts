import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { EmptyProject } from './empty-project.ts';

/**
 * Starts `describe-image-emulator` from the packages of a project and ends it after `work`.
 *
 * @param work - Receives the environment of a user of the emulator: endpoint and keys.
 */
export async function withInstalledEmulator<Result>(
  project: EmptyProject,
  work: (env: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const child = spawn(
    process.execPath,
    [join(project.folder, 'node_modules/@describe-image/emulator/dist/bin.js'), '--port', '0'],
    { cwd: project.folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`the emulator exited with ${code}`)));
    });
    return await work({
      DESCRIBE_IMAGE_ENDPOINT: url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'demo-access-key-id',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'demo-access-key-secret',
    });
  } finally {
    child.kill('SIGKILL');
  }
}
