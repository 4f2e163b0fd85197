import { type RamPolicy, ramPolicy } from '../protocol/ram-policy.ts';
import { DescribeImageError, type ErrorDetails } from './describe-image-error.ts';

/** The keys are good, but RAM does not allow the action. @public */
export class PermissionError extends DescribeImageError {
  override get code(): 'Permission' {
    return 'Permission';
  }
  override readonly remedy: string;
  /** The missing action, for example `yundun-sas:DescribeImage`. */
  readonly ramAction: string;
  /** Who was refused, as RAM names it, when the answer said so. */
  readonly principal: string | undefined;
  /** Why: `ImplicitDeny` (nothing allows it) or `ExplicitDeny` (a policy forbids it), when the answer said so. */
  readonly denial: string | undefined;
  /** The smallest policy that allows the action, ready to paste. */
  readonly policy: RamPolicy;

  constructor(
    message: string,
    details: ErrorDetails & {
      ramAction: string;
      principal?: string | undefined;
      denial?: string | undefined;
    },
  ) {
    super(message, details);
    this.ramAction = details.ramAction;
    this.principal = details.principal;
    this.denial = details.denial;
    this.policy = ramPolicy([details.ramAction]);
    this.remedy =
      details.denial === 'ExplicitDeny'
        ? `Remove what denies ${details.ramAction} from the policies of this RAM identity.`
        : `Allow ${details.ramAction} to this RAM identity: attach the policy given here.`;
  }
}
