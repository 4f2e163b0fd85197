import { DescribeImageError } from '../../errors/errors.ts';
import type { CredentialProvider, Credentials } from '../../protocol/credentials.ts';
import { maskAccessKeyId } from '../../protocol/mask-access-key-id.ts';
import { withoutKeys } from '../files/without-keys.ts';
import { createSession, untilAborted } from '../sts/session.ts';
import type { CredentialSource, FoundCredentials, StepName } from './credential-source.ts';
import { CredentialSourceError, sourceError } from './credential-source-error.ts';

/** What became of one step of the chain. Holds no secrets. @public */
export interface ChainStep {
  readonly name: StepName;
  /** For people. */
  readonly label: string;
  /**
   * `found`; `absent`: nothing is configured there; `failed`: what is configured is incomplete, malformed or refused;
   * `unavailable`: it did not answer; `not-tried`: an earlier step decided.
   */
  readonly status: 'found' | 'absent' | 'failed' | 'unavailable' | 'not-tried';
  /** Where the credentials are, or why there are none. */
  readonly detail: string;
  /** What to do, where there are none. */
  readonly remedy?: string | undefined;
  /** Masked: the first and the last four characters. */
  readonly accessKeyId?: string | undefined;
  readonly temporary?: boolean | undefined;
  readonly expiration?: Date | undefined;
  /** The region of the profile. */
  readonly region?: string | undefined;
}

/** Credentials from the first step that has some. @public */
export type CredentialChain = CredentialProvider & {
  /** Walks every step afresh and reports each; what is kept stays as it is. */
  readonly explain: () => Promise<readonly ChainStep[]>;
};

/** No step of the chain gave credentials. */
export class CredentialChainError extends CredentialSourceError {
  readonly steps: readonly ChainStep[];

  constructor(steps: readonly ChainStep[], remedy?: string) {
    const decisive =
      steps.find(({ status }) => status === 'unavailable') ?? steps.find(({ status }) => status === 'failed');
    const lines = steps.map(({ label, status, detail }) => `- ${label}: ${WORDS[status]}: ${detail}`);
    super(
      decisive?.status === 'unavailable' ? 'unavailable' : decisive === undefined ? 'absent' : 'failed',
      `no credentials; what was tried, in order:\n${lines.join('\n')}`,
      { remedy: decisive?.remedy ?? remedy },
    );
    this.steps = steps;
  }
}

const WORDS: Readonly<Record<ChainStep['status'], string>> = {
  found: 'found',
  absent: 'skipped',
  failed: 'failed',
  unavailable: 'no answer',
  'not-tried': 'not tried',
};

/**
 * Keeps to the source that gave credentials. When that fails for good, or none gave any, the next call walks the chain again.
 * A source that is configured but does not answer ends the walk: another identity must not take its place for a moment.
 */
export function createChain(
  sources: readonly CredentialSource[],
  { now, remedy }: { readonly now: () => number; readonly remedy?: string | undefined },
): CredentialChain {
  let kept: CredentialProvider | undefined;
  let walking: Promise<Credentials> | undefined;

  const provider: CredentialProvider = (request = {}) => {
    const session = kept;
    if (session === undefined) return untilAborted(walkOnce(), request.signal);
    const answer = session(request);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      if (DescribeImageError.isInstance(error) && (error.retryable || error.code === 'Abort')) throw error;
      if (kept === session) kept = undefined;
      return untilAborted(walkOnce(), request.signal);
    });
  };
  return Object.assign(provider, { explain: async () => (await walk(sources)).steps });

  function walkOnce(): Promise<Credentials> {
    walking ??= keepWinner().finally(() => {
      walking = undefined;
    });
    return walking;
  }

  async function keepWinner(): Promise<Credentials> {
    const { steps, winner } = await walk(sources);
    if (winner === undefined) throw new CredentialChainError(steps, remedy);
    const { source, found } = winner;
    kept = createSession(source.find, { now, found });
    return found.credentials;
  }
}

interface Walk {
  readonly steps: readonly ChainStep[];
  readonly winner: { readonly source: CredentialSource; readonly found: FoundCredentials } | undefined;
}

async function walk(sources: readonly CredentialSource[]): Promise<Walk> {
  const steps: ChainStep[] = [];
  let winner: Walk['winner'];
  for (const source of sources) {
    const { name, label } = source;
    const decided = steps.find(({ status }) => status === 'found' || status === 'unavailable');
    const broken = source.ambient ? steps.find(({ status }) => status === 'failed') : undefined;
    if (decided !== undefined || broken !== undefined) {
      steps.push({ name, label, status: 'not-tried', detail: reasonNotTried(decided, broken) });
      continue;
    }
    try {
      const found = await source.find();
      winner = { source, found };
      steps.push({ name, label, status: 'found', ...describe(found) });
    } catch (error) {
      const { outcome, message, remedy } = sourceError(label, error);
      steps.push({ name, label, status: outcome, detail: message, remedy });
    }
  }
  return { steps, winner };
}

function describe({
  credentials,
  description,
  region,
}: FoundCredentials): Partial<ChainStep> & { detail: string } {
  const { accessKeyId, securityToken, expiration } = credentials;
  return {
    detail: withoutKeys(description),
    accessKeyId: maskAccessKeyId(accessKeyId),
    temporary: securityToken !== undefined,
    expiration,
    region: region && withoutKeys(region),
  };
}

function reasonNotTried(decided: ChainStep | undefined, broken: ChainStep | undefined): string {
  if (decided?.status === 'found') return `${decided.label} came first`;
  if (decided !== undefined) return `${decided.label} is configured and may answer again`;
  return `${broken?.label} is configured and failed: the machine's own identity does not take its place`;
}
