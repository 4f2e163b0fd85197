import {
  type DigestDemands,
  type DigestStatus,
  type RiskAssessment,
  type RiskState,
  unmetDemand,
} from '@describe-image/core/images';
import type { IExecuteFunctions } from 'n8n-workflow';

/** What a gate requires of one item. */
export interface Gate {
  /** Whether a blocked item is sent to the output Block instead of being an error. */
  readonly hasOutputs: boolean;
  readonly demands: DigestDemands;
  readonly failWhen: ReadonlySet<unknown>;
}

/** Why an item does not pass. */
export interface Block {
  readonly by: keyof DigestDemands | 'mismatch' | 'risky' | 'stale' | 'unknown' | 'notFound';
  /** A clause. */
  readonly reason: string;
}

/** What a gate checks. */
export interface Judged {
  readonly status: Pick<DigestStatus, 'digest' | 'state' | 'liveCheck'>;
  /** Why the digest is not the expected one. */
  readonly mismatch?: string | undefined;
  /** Reads the risk of the same image. */
  readonly risk: () => Promise<Pick<RiskAssessment, 'state' | 'reason'>>;
}

/** Reads the gate of an item. Returns `undefined` if all items pass. */
export function readGate(node: IExecuteFunctions, itemIndex: number): Gate | undefined {
  const gate: unknown = node.getNodeParameter('gate', itemIndex, 'none');
  if (gate !== 'error' && gate !== 'outputs') return undefined;
  const failWhen: unknown = node.getNodeParameter('failWhen', itemIndex, []);
  return {
    hasOutputs: gate === 'outputs',
    demands: {
      requireLive: node.getNodeParameter('requireLive', itemIndex, true) === true,
      requireScanned: node.getNodeParameter('requireScanned', itemIndex, false) === true,
    },
    failWhen: new Set([failWhen].flat()),
  };
}

/** A risk state that is not current cannot disprove a condition, so it does not pass either. */
const BLOCKED_STATES: readonly (readonly ['risky' | 'stale' | 'unknown', readonly RiskState[]])[] = [
  ['unknown', ['unknown', 'scanning', 'failed']],
  ['stale', ['unknown', 'scanning', 'failed', 'stale']],
  ['risky', ['unknown', 'scanning', 'failed', 'stale', 'risky']],
];

/**
 * Compares an item with its gate. Returns the first reason to block it. Core has already thrown for a digest that does not meet the
 * demands.
 */
export async function findBlock(
  { failWhen }: Gate,
  { status, mismatch, risk }: Judged,
): Promise<Block | undefined> {
  if (status.digest === undefined) {
    const unmet = unmetDemand({ ...status, scanned: false }, { requireLive: true });
    return { by: 'notFound', reason: unmet?.reason ?? 'the tag has no digest' };
  }
  if (mismatch !== undefined && failWhen.has('mismatch')) return { by: 'mismatch', reason: mismatch };
  const conditions = BLOCKED_STATES.filter(([condition]) => failWhen.has(condition));
  if (conditions.length === 0) return undefined;
  const { state, reason } = await risk();
  if (!conditions.some(([, states]) => states.includes(state))) return undefined;
  return { by: state === 'risky' || state === 'stale' ? state : 'unknown', reason };
}

/** An item does not pass a gate without outputs. */
export class BlockedError extends Error {
  readonly by: Block['by'];
  readonly requestId: string | undefined;

  constructor(
    { by, reason }: Block,
    { target, requestId }: { target: string; requestId: string | undefined },
  ) {
    super(`${target}: ${reason}`);
    this.by = by;
    this.requestId = requestId;
  }
}
