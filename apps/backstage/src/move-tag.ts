import type { Emulator } from '@describe-image/emulator';
import { MOVING_IMAGE } from './world/demo-seed.ts';

/** Builds the moving image anew, as a pipeline would: its tag points elsewhere, and the new build is scanned. */
export function moveTag({ state }: Emulator): void {
  state.push(MOVING_IMAGE);
  state.startScan(MOVING_IMAGE, { step: '2s', vulnerabilities: 0 });
}
