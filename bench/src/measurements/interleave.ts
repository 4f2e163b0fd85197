/** Measures every contender in every round, and starts each round with another, so that other load on the machine affects all alike. */
export async function interleave<Name extends string, Sample>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<Sample>,
): Promise<ReadonlyMap<Name, readonly Sample[]>> {
  const samples = new Map<Name, Sample[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)])
      samples.get(name)?.push(await measure(name));
  }
  return samples;
}
