import { DescribeImageError, type ErrorDetails } from './describe-image-error.ts';

/** Which side of a signature is wrong, told from the string that the service says it signed. */
export type SignatureDiagnosis = 'wrong-secret' | 'different-request' | 'unknown';

const REMEDIES: Readonly<Record<SignatureDiagnosis, string>> = {
  'wrong-secret': 'Check the AccessKey secret: it is not that of this AccessKey id.',
  'different-request': 'Look for a proxy that rewrites requests.',
  unknown: 'Check the AccessKey secret, then look for a proxy that rewrites requests.',
};

/** The service computed another signature, or had seen the nonce before. @public */
export class SignatureError extends DescribeImageError {
  override get code(): 'Signature' {
    return 'Signature';
  }
  override readonly remedy: string;
  readonly diagnosis: SignatureDiagnosis;

  constructor(message: string, details: ErrorDetails & { diagnosis: SignatureDiagnosis }) {
    super(message, details);
    this.diagnosis = details.diagnosis;
    this.remedy = REMEDIES[details.diagnosis];
  }
}
