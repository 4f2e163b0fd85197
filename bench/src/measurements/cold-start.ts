import { CONTENDER_NAMES, type ContenderName } from '../contenders/contenders.ts';
import { runProgram } from './child.ts';
import { interleave, median } from './rounds.ts';

export interface ColdStart {
  /** CPU of an empty Node process, in milliseconds. */
  readonly bareMs: number;
  /** CPU of importing core, above a bare process. */
  readonly importMs: number;
  /** CPU from the start of the process to the first response, minus that of an empty process. */
  readonly firstAnswerMs: ReadonlyMap<ContenderName, number>;
}

/** Measures the CPU of whole processes. */
export async function measureColdStart(node: string, port: number, rounds: number): Promise<ColdStart> {
  const samples = await interleave(
    ['bare', 'import', ...CONTENDER_NAMES] as const,
    rounds,
    async (name) => Number(await runProgram(node, 'cold-start', [name, String(port)])) / 1000,
  );
  const bareMs = median(samples.get('bare') ?? []);
  const aboveBare = (name: 'import' | ContenderName): number => median(samples.get(name) ?? []) - bareMs;
  return {
    bareMs,
    importMs: aboveBare('import'),
    firstAnswerMs: new Map(CONTENDER_NAMES.map((name) => [name, aboveBare(name)])),
  };
}
