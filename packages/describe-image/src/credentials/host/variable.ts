import type { CredentialHost } from './credential-host.ts';

/** The value of an environment variable, trimmed. Set but empty counts as not set. */
export function variable({ environment }: CredentialHost, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = environment[name]?.trim();
    if (value) return value;
  }
  return undefined;
}

/** Whether a switch is on: `true` or `1`, in any case. */
export function isSwitchedOn(host: CredentialHost, name: string): boolean {
  return /^(true|1)$/i.test(variable(host, name) ?? '');
}
