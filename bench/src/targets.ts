/** A promise of speed, and what was measured. */
export interface Target {
  readonly name: string;
  readonly measured: number;
  readonly atMost: number;
  readonly unit?: string;
}

/** One line a target. Nothing fails: a busy machine is not a defect. */
export function targetLines(targets: readonly Target[]): string {
  return targets
    .map(({ name, measured, atMost, unit = '' }) => {
      const verdict = measured <= atMost ? 'reached' : 'not reached';
      return `  ${verdict.padEnd(12)} ${name}: ${Number(measured.toFixed(2))}${unit} (wanted: at most ${atMost}${unit})`;
    })
    .join('\n');
}
