import { maskAccessKeyId } from '@describe-image/core';
import type { ChainStep } from '@describe-image/core/credentials';
import { EXIT } from '../exit-codes.ts';
import { type Check, type Finding, fail, failure, NOTHING_TO_DO, ok, skipped, warn } from './finding.ts';
import type { DoctorSubject } from './subject.ts';

/** The result of checking the credential chain. */
export interface CredentialFindings {
  /** One finding per step, then one for the keys that sign calls. */
  readonly findings: readonly Finding[];
  /** The last finding. When it failed, no request can be signed. */
  readonly keys: Finding;
  /** The region of the profile that provided the keys. */
  readonly region: string | undefined;
}

const KEYS: Check = { check: 'credentials', title: 'keys in use' };

export async function credentialFindings(subject: DoctorSubject): Promise<CredentialFindings> {
  const steps = await subject.explainChain();
  const found = steps.find(({ status }) => status === 'found');
  const keys = await keysInUse(subject, steps, found);
  return { findings: [...steps.map((step) => stepFinding(step, found)), keys], keys, region: found?.region };
}

function stepFinding(step: ChainStep, found: ChainStep | undefined): Finding {
  const { label, status, detail, remedy = NOTHING_TO_DO } = step;
  const check = { check: `credentials.${step.name}`, title: label };
  switch (status) {
    case 'found':
      return ok(check, `${step.accessKeyId} from ${detail}`, stepFacts(step));
    case 'failed':
    case 'unavailable':
      return found === undefined
        ? fail(check, EXIT.credentials, detail, remedy)
        : warn(check, detail, remedy);
    case 'absent':
      return skipped(check, detail, found === undefined ? remedy : NOTHING_TO_DO);
    case 'not-tried':
      return skipped(check, `not tried: ${detail}`);
  }
}

function stepFacts({ accessKeyId, temporary, expiration, region }: ChainStep): Finding['facts'] {
  return { accessKeyId, temporary, expiration, region };
}

async function keysInUse(
  { credentials, roleArn, signal }: DoctorSubject,
  steps: readonly ChainStep[],
  found: ChainStep | undefined,
): Promise<Finding> {
  if (found === undefined) return noKeys(steps);
  try {
    const { accessKeyId, securityToken, expiration } = await credentials({ signal });
    const masked = maskAccessKeyId(accessKeyId);
    const origin = roleArn === undefined ? found.label : `the role ${roleArn}`;
    const kind = securityToken === undefined ? 'AccessKey' : 'temporary key';
    const end = expiration === undefined ? '' : `, until ${expiration.toISOString()}`;
    const facts = { accessKeyId: masked, temporary: securityToken !== undefined, expiration, roleArn };
    return ok(KEYS, `${kind} ${masked} of ${origin}${end}`, facts);
  } catch (error) {
    return failure(KEYS, error);
  }
}

/** The remedy is that of the configured step that failed, or of the first step when none is configured. */
function noKeys(steps: readonly ChainStep[]): Finding {
  const decisive =
    steps.find(({ status }) => status === 'unavailable') ?? steps.find(({ status }) => status === 'failed');
  const remedy = (decisive ?? steps[0])?.remedy ?? NOTHING_TO_DO;
  return fail(
    KEYS,
    EXIT.credentials,
    decisive === undefined
      ? 'none: no source is configured'
      : `none: ${decisive.label} is configured but provided no keys`,
    remedy,
  );
}
