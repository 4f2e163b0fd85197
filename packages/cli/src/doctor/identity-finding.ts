import { getCallerIdentityOperation } from '@describe-image/core/credentials';
import { EXIT } from '../exit-codes.ts';
import { type Check, type Finding, failure, ok } from './finding.ts';
import type { DoctorSubject } from './subject.ts';

export const IDENTITY: Check = { check: 'identity', title: 'GetCallerIdentity' };

/** Calls GetCallerIdentity, which requires no permission. An unreachable STS is a warning: Security Center may still be reachable. */
export async function identityFinding({ openSts, signal }: DoctorSubject): Promise<Finding> {
  try {
    const sts = await openSts();
    try {
      const { output, requestId } = await sts.call(getCallerIdentityOperation, {}, { signal });
      const { accountId, arn, identityType } = output;
      return ok(IDENTITY, `account ${accountId}, ${arn}`, {
        accountId,
        arn,
        identityType,
        requestId,
        endpoint: sts.endpoint.host,
      });
    } finally {
      sts.close();
    }
  } catch (error) {
    const failed = failure(IDENTITY, error);
    if (failed.exitCode === EXIT.credentials || failed.exitCode === EXIT.usage) return failed;
    const { detail, remedy } = failed;
    return {
      ...failed,
      state: 'warn',
      exitCode: EXIT.found,
      detail: `unknown: ${detail}`,
      remedy: `${remedy} To use another STS endpoint, set ALIBABA_CLOUD_STS_ENDPOINT or ALIBABA_CLOUD_STS_REGION.`,
    };
  }
}
