import { inspect } from 'node:util';
import { expect } from 'vitest';
import { type CredentialsError, DescribeImageError } from '../../src/errors/errors.ts';

/** Returns the CredentialsError of a call. Throws any other result. */
export async function rejection(call: () => unknown): Promise<CredentialsError> {
  const error: unknown = await Promise.resolve()
    .then(call)
    .then(
      () => new Error('the call did not fail'),
      (thrown: unknown) => thrown,
    );
  if (!DescribeImageError.isInstance(error) || error.code !== 'Credentials') throw error;
  return error;
}

/** Everything about an error that could reach a log. */
export function everythingOf(error: unknown): string {
  return inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + String(error);
}

export function expectNoSecret(text: string, ...secrets: readonly string[]): void {
  for (const secret of secrets) expect(text).not.toContain(secret);
}
