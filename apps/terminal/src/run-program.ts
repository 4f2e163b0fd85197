import { spawn } from 'node:child_process';
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
    const child = spawn(process.execPath, [program, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
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
