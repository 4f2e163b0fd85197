/** How the emulator behaves where the service's behaviour is not documented. */
export interface Assumptions {
  readonly absentImage: 'no-data' | 'empty-data' | 'error';
  readonly timestampValidityMinutes: '15' | '31';
  readonly rpcValidityMinutes: '31' | '15';
  readonly rpcDefaultFormat: 'JSON' | 'XML';
  readonly nonceMemoryMinutes: '15' | '31';
  readonly expiredTimestamp: 'InvalidTimeStamp.Expired' | 'IllegalTimestamp';
  readonly disabledKey: 'InvalidAccessKeyId.Inactive' | 'Forbidden.AccessKeyDisabled';
  readonly missingHeader: 'named' | 'MissingParameter';
  readonly signatureMismatchStatus: '400' | '403';
  readonly unknownKeyStatus: '404' | '400';
  readonly securityTokenStatus: '400' | '403';
  readonly unknownVersionStatus: '404' | '400';
  readonly unsupportedMethodStatus: '400' | '403';
  readonly throttlingStatus: '400' | '429';
  readonly unsignedHeader: 'IncompleteSignature' | 'SignatureDoesNotMatch' | 'accept';
  readonly unknownAction: 'InvalidApi.NotFound' | 'InvalidAction.NotFound';
  readonly unknownVersion: 'NoSuchVersion' | 'InvalidVersion' | 'InvalidApi.NotFound';
  readonly maximumPageSize: '100' | '200' | '1000' | 'none';
  readonly oversizedPage: 'refuse' | 'clamp';
  readonly criteriaMatch: 'fuzzy' | 'exact';
  readonly unknownCriterion: 'ignore' | 'refuse' | 'match-nothing';
  readonly digestCriterion: 'accept' | 'refuse';
  readonly criteriaValue: 'filter' | 'ignore';
  readonly scannedMeans: 'finished' | 'succeeded';
  readonly neverScannedStatus: 'absent' | 'INIT';
  readonly inventoryOrder: 'newest-first' | 'seed';
  readonly retryAfterHeader: 'send' | 'omit';
  readonly metadataRefusalStatus: '403' | '401';
}

/** One entry of the table: what is assumed, what else it could be, and why. */
export interface Assumption<Value extends string> {
  readonly default: Value;
  /** Every accepted value, the default first. */
  readonly values: readonly Value[];
  /** The question the vendor's documentation leaves open. */
  readonly question: string;
  /** Why the default is what it is. */
  readonly why: string;
}

export type AssumptionTable = {
  readonly [Name in keyof Assumptions]: Assumption<Assumptions[Name]>;
};

/** Every behaviour that is assumed rather than documented. `docs/assumptions.md` is generated from it. */
export const ASSUMPTIONS: AssumptionTable = {
  absentImage: {
    default: 'no-data',
    values: ['no-data', 'empty-data', 'error'],
    question: 'What does DescribeImage answer when no such image exists?',
    why: 'Both Data and Data.Digest are optional in every published model, and no error code for it is documented.',
  },
  timestampValidityMinutes: {
    default: '15',
    values: ['15', '31'],
    question: 'How far may `x-acs-date` be from the clock of the service?',
    why: 'The signature page says 15 minutes; whether that holds in both directions is not said, here it does.',
  },
  rpcValidityMinutes: {
    default: '31',
    values: ['31', '15'],
    question: 'How far may `Timestamp` of the older RPC signature be from the clock of the service?',
    why: 'The page of that signature says 31 minutes, the list of error codes says 15.',
  },
  rpcDefaultFormat: {
    default: 'JSON',
    values: ['JSON', 'XML'],
    question: 'Which format has the answer to an RPC-signed request without `Format`?',
    why: 'The general page says XML, the page of Security Center says JSON.',
  },
  nonceMemoryMinutes: {
    default: '15',
    values: ['15', '31'],
    question: 'For how long does a nonce stay used?',
    why: 'Not documented; there is no sense in less than a time stamp is valid, which is 15 minutes.',
  },
  expiredTimestamp: {
    default: 'InvalidTimeStamp.Expired',
    values: ['InvalidTimeStamp.Expired', 'IllegalTimestamp'],
    question: 'Which code refuses a time stamp that is too far off?',
    why: 'Both are seen; the second one with a message that blames a missing parameter.',
  },
  disabledKey: {
    default: 'InvalidAccessKeyId.Inactive',
    values: ['InvalidAccessKeyId.Inactive', 'Forbidden.AccessKeyDisabled'],
    question: 'Which code refuses a disabled access key?',
    why: 'Both are listed; the first goes with HTTP 400, the second with 403.',
  },
  missingHeader: {
    default: 'named',
    values: ['named', 'MissingParameter'],
    question:
      'Which code refuses a request without `x-acs-date`, `x-acs-signature-nonce` or `x-acs-content-sha256`?',
    why: 'Parameters are refused by name (MissingImageTag); for headers nothing is said. Named here: MissingDate, MissingSignatureNonce, MissingContentSha256.',
  },
  signatureMismatchStatus: {
    default: '400',
    values: ['400', '403'],
    question: 'Which HTTP status goes with SignatureDoesNotMatch?',
    why: 'Both are seen with different products; 400 is the commoner.',
  },
  unknownKeyStatus: {
    default: '404',
    values: ['404', '400'],
    question: 'Which HTTP status goes with InvalidAccessKeyId.NotFound?',
    why: 'Both are seen with different products; 404 is what the list of codes says.',
  },
  securityTokenStatus: {
    default: '400',
    values: ['400', '403'],
    question: 'Which HTTP status goes with MissingSecurityToken and InvalidSecurityToken.*?',
    why: 'The codes are listed without one.',
  },
  unknownVersionStatus: {
    default: '404',
    values: ['404', '400'],
    question: 'Which HTTP status goes with NoSuchVersion and InvalidVersion?',
    why: 'Both are seen.',
  },
  unsupportedMethodStatus: {
    default: '400',
    values: ['400', '403'],
    question: 'Which HTTP status goes with UnsupportedHTTPMethod?',
    why: 'Both are seen.',
  },
  throttlingStatus: {
    default: '400',
    values: ['400', '429'],
    question: 'Which HTTP status goes with Throttling.*?',
    why: 'Lists of codes say 400; clients are well advised to expect 429 too.',
  },
  unsignedHeader: {
    default: 'IncompleteSignature',
    values: ['IncompleteSignature', 'SignatureDoesNotMatch', 'accept'],
    question: 'What happens when a header that must be signed was sent and is not in SignedHeaders?',
    why: 'Every common header must be signed when present; which code refuses it is not said.',
  },
  unknownAction: {
    default: 'InvalidApi.NotFound',
    values: ['InvalidApi.NotFound', 'InvalidAction.NotFound'],
    question: 'Which code refuses an operation that does not exist (or whose name has the wrong case)?',
    why: 'Both are listed with the same message.',
  },
  unknownVersion: {
    default: 'NoSuchVersion',
    values: ['NoSuchVersion', 'InvalidVersion', 'InvalidApi.NotFound'],
    question: 'Which code refuses an API version that does not exist?',
    why: 'All are listed; none with an example.',
  },
  maximumPageSize: {
    default: '100',
    values: ['100', '200', '1000', 'none'],
    question: 'What is the largest PageSize of DescribeImageInstances?',
    why: 'Not documented; 100 is the limit most operations of the product name.',
  },
  oversizedPage: {
    default: 'refuse',
    values: ['refuse', 'clamp'],
    question: 'What happens with a PageSize above the largest, or a page number below 1?',
    why: 'Not documented; a refusal shows a client that asks for too much, a clamp would hide it.',
  },
  criteriaMatch: {
    default: 'fuzzy',
    values: ['fuzzy', 'exact'],
    question: 'Do text criteria match parts of a value?',
    why: 'The criteria operations describe their search as fuzzy; whether the list operation does the same is not said.',
  },
  unknownCriterion: {
    default: 'ignore',
    values: ['ignore', 'refuse', 'match-nothing'],
    question: 'What does a criterion with an unknown name do?',
    why: 'Not documented; ignoring it is what makes a caller see too much, so a careful client checks names itself.',
  },
  digestCriterion: {
    default: 'accept',
    values: ['accept', 'refuse'],
    question: 'Does DescribeImageInstances accept `digest` as a criterion?',
    why: 'Only DescribeImageCriteria lists it; the list operation points at DescribeImageRepoCriteria, which does not.',
  },
  criteriaValue: {
    default: 'filter',
    values: ['filter', 'ignore'],
    question: 'What does `Value` do in the criteria operations?',
    why: 'It is called a fuzzy search; here it keeps the items under which some image matches the text.',
  },
  scannedMeans: {
    default: 'finished',
    values: ['finished', 'succeeded'],
    question: 'Which images does Scanned=true keep?',
    why: 'The page says images that have been scanned; whether a failed scan counts is not said.',
  },
  neverScannedStatus: {
    default: 'absent',
    values: ['absent', 'INIT'],
    question: 'Which ScaStatus has an image that was never scanned?',
    why: 'Not documented; no value is the one that claims nothing.',
  },
  inventoryOrder: {
    default: 'newest-first',
    values: ['newest-first', 'seed'],
    question: 'In which order does DescribeImageInstances list images?',
    why: 'Not documented; there is no sort parameter, and consoles list the newest first.',
  },
  retryAfterHeader: {
    default: 'send',
    values: ['send', 'omit'],
    question: 'Does a throttled answer carry `x-acs-retry-after`?',
    why: 'The official command line obeys the header, in milliseconds; which products send it is not said.',
  },
  metadataRefusalStatus: {
    default: '403',
    values: ['403', '401'],
    question: 'Which HTTP status does the metadata service give to a request without a valid token?',
    why: 'The page on the hardened mode says 403; for a token that has expired nothing is said.',
  },
};
