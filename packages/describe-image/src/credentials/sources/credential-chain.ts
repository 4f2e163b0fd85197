import { DescribeImageError } from '../../errors/errors.ts';
import type { CredentialProvider, Credentials } from '../../protocol/credentials.ts';
import { maskAccessKeyId, withoutKeys } from '../../protocol/redaction.ts';
import type { CredentialSource, FoundCredentials, StepName } from '../credential-source.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { createSession } from '../session.ts';
import { createSharedTask } from '../shared-task.ts';
import { CredentialSourceError, sourceError } from '../source-error.ts';

/** The result of one step of the chain. Holds no secrets. @public */
export interface ChainStep {
  readonly name: StepName;
  /** A readable name, for reports. */
  readonly label: string;
  /**
   * `found`; `absent`: nothing is configured there; `failed`: what is configured is incomplete, malformed or rejected;
   * `unavailable`: it did not answer; `not-tried`: an earlier step ended the search.
   */
  readonly status: 'found' | 'absent' | 'failed' | 'unavailable' | 'not-tried';
  /** Where the credentials are, or why there are none. */
  readonly detail: string;
  /** What to do when there are none. */
  readonly remedy?: string | undefined;
  /** Masked: the first and the last four characters. */
  readonly accessKeyId?: string | undefined;
  readonly temporary?: boolean | undefined;
  readonly expiration?: Date | undefined;
  /** The region of the profile. */
  readonly region?: string | undefined;
}

/** A provider of credentials from the first step that has some. @public */
export type CredentialChain = CredentialProvider & {
  /** Runs every step again and reports each. The credentials that the provider holds do not change. */
  readonly explain: () => Promise<readonly ChainStep[]>;
  /** The region of the profile that the credentials are from. `undefined` for other sources, and before the first call. */
  readonly region: () => string | undefined;
};

/** No step of the chain gave credentials. `steps` reports each, in order. @public */
export class CredentialChainError extends CredentialSourceError {
  static override get id(): string {
    return 'Credentials.Source.Chain';
  }
  readonly steps: readonly ChainStep[];

  constructor(steps: readonly ChainStep[], remedy?: string) {
    const decisive =
      steps.find(({ status }) => status === 'unavailable') ?? steps.find(({ status }) => status === 'failed');
    const lines = steps.map(({ label, status, detail }) => `- ${label}: ${STATUS_TEXT[status]}: ${detail}`);
    super(
      decisive?.status === 'unavailable' ? 'unavailable' : decisive === undefined ? 'absent' : 'failed',
      `no credentials; what was tried, in order:\n${lines.join('\n')}`,
      { remedy: decisive?.remedy ?? remedy },
    );
    this.steps = steps;
  }
}

const STATUS_TEXT: Readonly<Record<ChainStep['status'], string>> = {
  found: 'found',
  absent: 'skipped',
  failed: 'failed',
  unavailable: 'no answer',
  'not-tried': 'not tried',
};

/**
 * Searches the sources in order and keeps the first that has credentials. If there is none, or if it fails and a retry cannot succeed, the
 * next call searches again. A source that is configured but does not answer ends the search, so that no other identity is used meanwhile.
 */
export function createChain(
  sources: readonly CredentialSource[],
  { now, monotonicNow }: CredentialHost,
  remedy: string | undefined,
): CredentialChain {
  let kept: CredentialProvider | undefined;
  let region: string | undefined;
  const searching = createSharedTask<Credentials>();

  const provider: CredentialProvider = (request = {}) => {
    const session = kept;
    if (session === undefined) return searching.wait(searchAndKeep, request.signal);
    const credentials = session(request);
    if (!(credentials instanceof Promise)) return credentials;
    return credentials.catch((error: unknown) => {
      if (DescribeImageError.isInstance(error) && (error.retryable || error.code === 'Abort')) throw error;
      if (kept === session) kept = undefined;
      return searching.wait(searchAndKeep, request.signal);
    });
  };
  return Object.assign(provider, {
    explain: async () => (await search(sources)).steps,
    region: () => region,
  });

  async function searchAndKeep(signal: AbortSignal): Promise<Credentials> {
    const { steps, match } = await search(sources, signal);
    if (match === undefined) throw new CredentialChainError(steps, remedy);
    const { source, found } = match;
    kept = createSession(source.find, { now, monotonicNow, found });
    region = found.region;
    return found.credentials;
  }
}

interface SearchResult {
  readonly steps: readonly ChainStep[];
  readonly match: { readonly source: CredentialSource; readonly found: FoundCredentials } | undefined;
}

async function search(sources: readonly CredentialSource[], signal?: AbortSignal): Promise<SearchResult> {
  const steps: ChainStep[] = [];
  let match: SearchResult['match'];
  for (const source of sources) {
    const { name, label } = source;
    const ended = steps.find(({ status }) => status === 'found' || status === 'unavailable');
    const broken = source.ambient ? steps.find(({ status }) => status === 'failed') : undefined;
    if (ended !== undefined || broken !== undefined) {
      steps.push({ name, label, status: 'not-tried', detail: reasonNotTried(ended, broken) });
      continue;
    }
    try {
      const found = await source.find({ signal });
      match = { source, found };
      steps.push({ name, label, status: 'found', ...describe(found) });
    } catch (error) {
      if (signal?.aborted) throw error;
      const { outcome, message, remedy } = sourceError(label, error);
      steps.push({ name, label, status: outcome, detail: message, remedy });
    }
  }
  return { steps, match };
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

function reasonNotTried(ended: ChainStep | undefined, broken: ChainStep | undefined): string {
  if (ended?.status === 'found') return `${ended.label} came first`;
  if (ended !== undefined) return `${ended.label} is configured and may answer later`;
  return `${broken?.label} is configured and failed: the machine's own identity does not take its place`;
}
