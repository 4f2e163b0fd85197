import { runProgram } from './child.ts';

/** Measures the median microseconds per signature, by signer. */
export async function measureSigning(
  node: string,
  milliseconds: number,
): Promise<ReadonlyMap<string, number>> {
  const micros: unknown = JSON.parse(await runProgram(node, 'sign-alone', [String(milliseconds)]));
  return new Map(Object.entries(micros ?? {}).map(([name, value]) => [name, Number(value)] as const));
}
