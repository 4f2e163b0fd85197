import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CliSettings } from './run-cli.ts';

/** Settings with a temporary home directory that contains these files. */
export function homeWith(
  files: Readonly<Record<string, string>>,
): Required<Pick<CliSettings, 'credentialHost'>> {
  const home = mkdtempSync(join(tmpdir(), 'describe-image-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  return { credentialHost: { homeDirectory: () => home } };
}

/** A configuration file of the aliyun CLI; the first profile is current. */
export function aliyunConfig(
  ...profiles: readonly { readonly name: string; readonly [field: string]: unknown }[]
): Record<string, string> {
  return { '.aliyun/config.json': JSON.stringify({ current: profiles[0]?.name, profiles }) };
}

/** An environment without keys. */
export const NO_KEYS = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: undefined,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined,
} as const;
