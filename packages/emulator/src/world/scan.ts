import type { SeedVulnerability } from './seed.ts';

/** The states of a scan before it ends in SUCCESS, FAIL or TIMEOUT, in order. */
export const SCAN_STATES: readonly string[] = [
  'INIT',
  'START',
  'MESSAGE_SEND',
  'START_RUN',
  'DOWNLOAD',
  'PRE_ANALYZER',
  'WEB_SHELL_ANALYZER',
  'CVE_ANALYZER',
  'BIN_ANALYZER',
  'OTHER_ANALYZER',
  'PRE_ANALYZER_SUCCESS',
];

/** A scan on the emulator's clock. */
export interface Scan {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** How long each state lasts, in milliseconds. */
  readonly stepMs: number;
  readonly result: 'SUCCESS' | 'FAIL' | 'TIMEOUT';
  readonly haltAt?: string | undefined;
  readonly error?: string | undefined;
  /** Their number, or each of them. */
  readonly vulnerabilities: number | readonly SeedVulnerability[];
  readonly alerts: number;
  readonly baselineRisks: number;
}

/** The state of a scan at a time. */
export interface ScanPosition {
  readonly status: string;
  /** 0 to 100. */
  readonly progress: number;
  /** When it ended, in milliseconds since the epoch; `undefined` while it runs. */
  readonly finishedAt: number | undefined;
}

// A scan that fails or times out ends after this state.
const FAILS_AFTER = SCAN_STATES.indexOf('CVE_ANALYZER') + 1;

/** Whether a scan with this result comes to a state before it ends. */
export function reachesState(result: Scan['result'], state: string): boolean {
  return SCAN_STATES.indexOf(state) < (result === 'SUCCESS' ? SCAN_STATES.length : FAILS_AFTER);
}

/** The state of a scan at a time, in milliseconds since the epoch. */
export function scanPosition(scan: Scan, now: number): ScanPosition {
  const steps = scan.result === 'SUCCESS' ? SCAN_STATES.length : FAILS_AFTER;
  const passed = Math.floor((now - scan.startedAt) / scan.stepMs);
  const halt = scan.haltAt === undefined ? Number.POSITIVE_INFINITY : SCAN_STATES.indexOf(scan.haltAt);
  const step = Math.min(passed, halt);
  if (step >= steps) {
    return {
      status: scan.result,
      progress: scan.result === 'SUCCESS' ? 100 : progressAt(steps),
      finishedAt: scan.startedAt + steps * scan.stepMs,
    };
  }
  return { status: SCAN_STATES[step] ?? 'INIT', progress: progressAt(step), finishedAt: undefined };
}

/** How many vulnerabilities a scan finds when it succeeds. */
export function vulnerabilityCount({ vulnerabilities }: Scan): number {
  return typeof vulnerabilities === 'number' ? vulnerabilities : vulnerabilities.length;
}

/** The next time at which the state of a scan changes, in milliseconds since the epoch. Infinity when it does not change any more. */
export function nextScanChange(scan: Scan, now: number): number {
  if (now < scan.startedAt) return scan.startedAt;
  const { status, finishedAt } = scanPosition(scan, now);
  if (finishedAt !== undefined || status === scan.haltAt) return Number.POSITIVE_INFINITY;
  return scan.startedAt + (Math.floor((now - scan.startedAt) / scan.stepMs) + 1) * scan.stepMs;
}

function progressAt(step: number): number {
  return Math.floor((100 * step) / SCAN_STATES.length);
}
