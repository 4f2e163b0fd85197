import { DescribeImageError, type ErrorDetails } from './describe-image-error.ts';

/** One of several images that a reference could mean. */
export interface ImageCandidate {
  readonly regionId: string | undefined;
  readonly instanceId: string | undefined;
  readonly repoId: string | undefined;
  readonly repoNamespace: string | undefined;
  readonly repoName: string | undefined;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The reference fits several images; which one is meant is the caller's to say. @public */
export class AmbiguousError extends DescribeImageError {
  override get code(): 'Ambiguous' {
    return 'Ambiguous';
  }
  override readonly remedy = 'Name the region, the instance or the repository id of one of the candidates.';
  readonly candidates: readonly ImageCandidate[];

  constructor(message: string, details: ErrorDetails & { candidates: readonly ImageCandidate[] }) {
    super(message, details);
    this.candidates = details.candidates;
  }
}
