import { execFile } from 'node:child_process';
import { demoCredentials, type Emulator } from '@describe-image/emulator';

export interface ProgramResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Node program to its end. */
export function runProgram(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const options = { env: environment };
    const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      // A program that was not started has a text such as ENOENT as its code, and a killed one has none.
      if (typeof error?.code === 'string') reject(error);
      else resolve({ exitCode: error === null ? 0 : (error.code ?? null), stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** The environment of the demo's commands: the endpoint and the keys of the emulator, without the user's own. */
export function demoEnvironment({ url }: Pick<Emulator, 'url'>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const colors = process.stdout.isTTY && !process.env['NO_COLOR'] ? { FORCE_COLOR: '1' } : {};
  return {
    ...Object.fromEntries(own),
    ...colors,
    COLUMNS: String(process.stdout.columns ?? 120),
    DESCRIBE_IMAGE_ENDPOINT: url,
    ALIBABA_CLOUD_STS_ENDPOINT: url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: demoCredentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: demoCredentials.accessKeySecret,
  };
}

/** Removed from the environment: the demo must not use real keys, and a proxy cannot reach the emulator. */
const FOREIGN = /^(ALIBABA_CLOUD_|ALICLOUD_|DESCRIBE_IMAGE_|NODE_OPTIONS$|(https?|all)_proxy$)/i;
