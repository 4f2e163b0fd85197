/** The behaviour of the emulator where that of the service is not documented. @public */
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
  readonly otherVulnerabilityType: 'refuse' | 'match-nothing';
  readonly vulnerabilityMatch: 'exact' | 'fuzzy';
  readonly commaSeparatedValues: 'refuse' | 'accept';
  readonly handledVulnerabilities: 'listed' | 'hidden';
  readonly supersededVulnerabilities: 'keep' | 'drop';
  readonly containerVulnerabilities: 'omit' | 'list';
  readonly retryAfterHeader: 'send' | 'omit';
  readonly metadataRefusalStatus: '403' | '401';
}

/** One entry of the table: the default, the alternatives and the reason. @public */
export interface Assumption<Value extends string> {
  readonly default: Value;
  /** Every accepted value, the default first. */
  readonly values: readonly Value[];
  /** The question that the vendor's documentation does not answer. */
  readonly question: string;
  /** The reason for the default. */
  readonly why: string;
}

/** The type of {@link ASSUMPTIONS}. @public */
export type AssumptionTable = {
  readonly [Name in keyof Assumptions]: Assumption<Assumptions[Name]>;
};

/** Every behaviour that is assumed, not documented. `docs/assumptions.md` is generated from this table. @public */
export const ASSUMPTIONS: AssumptionTable = {
  absentImage: {
    default: 'no-data',
    values: ['no-data', 'empty-data', 'error'],
    question: 'What does DescribeImage return when the image does not exist?',
    why: 'Data and Data.Digest are optional in every published model, and no error code is documented for this case.',
  },
  timestampValidityMinutes: {
    default: '15',
    values: ['15', '31'],
    question: 'How far may `x-acs-date` differ from the clock of the service?',
    why: 'The page of the signature documents 15 minutes. The emulator applies them in both directions.',
  },
  rpcValidityMinutes: {
    default: '31',
    values: ['31', '15'],
    question: 'How far may `Timestamp` of the older RPC signature differ from the clock of the service?',
    why: 'The page of that signature documents 31 minutes, the list of error codes 15.',
  },
  rpcDefaultFormat: {
    default: 'JSON',
    values: ['JSON', 'XML'],
    question: 'Which format does the answer to an RPC-signed request without `Format` have?',
    why: 'The general page documents XML, the page of Security Center JSON.',
  },
  nonceMemoryMinutes: {
    default: '15',
    values: ['15', '31'],
    question: 'For how long is a used nonce rejected?',
    why: 'Not documented. It must be at least as long as a timestamp is valid, which is 15 minutes.',
  },
  expiredTimestamp: {
    default: 'InvalidTimeStamp.Expired',
    values: ['InvalidTimeStamp.Expired', 'IllegalTimestamp'],
    question: 'Which error code does a timestamp outside of the accepted range get?',
    why: 'Both have been reported. The message of the second one is that of a missing parameter.',
  },
  disabledKey: {
    default: 'InvalidAccessKeyId.Inactive',
    values: ['InvalidAccessKeyId.Inactive', 'Forbidden.AccessKeyDisabled'],
    question: 'Which error code does a disabled access key get?',
    why: 'Both are documented: the first with HTTP 400, the second with 403.',
  },
  missingHeader: {
    default: 'named',
    values: ['named', 'MissingParameter'],
    question:
      'Which error code does a request without `x-acs-date`, `x-acs-signature-nonce` or `x-acs-content-sha256` get?',
    why: 'The code for a missing parameter contains its name (MissingImageTag). For headers nothing is documented. The emulator uses MissingDate, MissingSignatureNonce and MissingContentSha256.',
  },
  signatureMismatchStatus: {
    default: '400',
    values: ['400', '403'],
    question: 'Which HTTP status does SignatureDoesNotMatch have?',
    why: 'Both have been reported for different products. 400 is more common.',
  },
  unknownKeyStatus: {
    default: '404',
    values: ['404', '400'],
    question: 'Which HTTP status does InvalidAccessKeyId.NotFound have?',
    why: 'Both have been reported for different products. The list of error codes documents 404.',
  },
  securityTokenStatus: {
    default: '400',
    values: ['400', '403'],
    question: 'Which HTTP status do MissingSecurityToken and InvalidSecurityToken.* have?',
    why: 'The list of error codes documents no status for them.',
  },
  unknownVersionStatus: {
    default: '404',
    values: ['404', '400'],
    question: 'Which HTTP status do NoSuchVersion and InvalidVersion have?',
    why: 'Both have been reported.',
  },
  unsupportedMethodStatus: {
    default: '400',
    values: ['400', '403'],
    question: 'Which HTTP status does UnsupportedHTTPMethod have?',
    why: 'Both have been reported.',
  },
  throttlingStatus: {
    default: '400',
    values: ['400', '429'],
    question: 'Which HTTP status does Throttling.* have?',
    why: 'The lists of error codes document 400. Clients should expect 429 too.',
  },
  unsignedHeader: {
    default: 'IncompleteSignature',
    values: ['IncompleteSignature', 'SignatureDoesNotMatch', 'accept'],
    question: 'What happens when a request has a header that must be signed but is not in SignedHeaders?',
    why: 'Every common header that is sent must be signed. The error code for a missing one is not documented.',
  },
  unknownAction: {
    default: 'InvalidApi.NotFound',
    values: ['InvalidApi.NotFound', 'InvalidAction.NotFound'],
    question: 'Which error code does an unknown operation get, or one with the wrong case?',
    why: 'Both are documented, with the same message.',
  },
  unknownVersion: {
    default: 'NoSuchVersion',
    values: ['NoSuchVersion', 'InvalidVersion', 'InvalidApi.NotFound'],
    question: 'Which error code does an unknown API version get?',
    why: 'All are documented, without an example.',
  },
  maximumPageSize: {
    default: '100',
    values: ['100', '200', '1000', 'none'],
    question: 'What is the largest PageSize of DescribeImageInstances and DescribeImageVulList?',
    why: 'Not documented. Most operations of the product document 100.',
  },
  oversizedPage: {
    default: 'refuse',
    values: ['refuse', 'clamp'],
    question: 'What happens with a PageSize above the maximum, or a CurrentPage below 1?',
    why: 'Not documented. An error shows the mistake of the client, where a clamped value would hide it.',
  },
  criteriaMatch: {
    default: 'fuzzy',
    values: ['fuzzy', 'exact'],
    question: 'Do text criteria match parts of a value?',
    why: 'The criteria operations document a fuzzy search. For DescribeImageInstances nothing is documented.',
  },
  unknownCriterion: {
    default: 'ignore',
    values: ['ignore', 'refuse', 'match-nothing'],
    question: 'What does a criterion with an unknown name do?',
    why: 'Not documented. With an ignored criterion the answer has too many images, so the default shows whether a client validates names.',
  },
  digestCriterion: {
    default: 'accept',
    values: ['accept', 'refuse'],
    question: 'Does DescribeImageInstances accept `digest` as a criterion?',
    why: 'Only DescribeImageCriteria lists it. DescribeImageInstances refers to DescribeImageRepoCriteria, which does not.',
  },
  criteriaValue: {
    default: 'filter',
    values: ['filter', 'ignore'],
    question: 'What does `Value` do in the criteria operations?',
    why: 'It is documented as a fuzzy search. The emulator returns the items for which an image matches the text.',
  },
  scannedMeans: {
    default: 'finished',
    values: ['finished', 'succeeded'],
    question: 'Which images does Scanned=true match?',
    why: 'The page documents images that have been scanned, but not whether a failed scan counts.',
  },
  neverScannedStatus: {
    default: 'absent',
    values: ['absent', 'INIT'],
    question: 'Which ScaStatus does an image have that was never scanned?',
    why: 'Not documented. An absent value claims nothing.',
  },
  inventoryOrder: {
    default: 'newest-first',
    values: ['newest-first', 'seed'],
    question: 'In which order does DescribeImageInstances list images?',
    why: 'Not documented. There is no sort parameter, and the console lists the newest first.',
  },
  otherVulnerabilityType: {
    default: 'refuse',
    values: ['refuse', 'match-nothing'],
    question: 'What does DescribeImageVulList do with a Type other than `cve`?',
    why: 'The page documents `cve` as the only value. DescribeImageGroupedVulList has others, so a client may send them here by mistake.',
  },
  vulnerabilityMatch: {
    default: 'exact',
    values: ['exact', 'fuzzy'],
    question: 'Do Name, AliasName, Image and the other texts of DescribeImageVulList match parts of a value?',
    why: 'Not documented. With exact matches, a part of a value finds nothing, which shows the mistake of the client.',
  },
  commaSeparatedValues: {
    default: 'refuse',
    values: ['refuse', 'accept'],
    question:
      'Do Necessity and StatusList of DescribeImageVulList accept several values, separated by commas?',
    why: 'The page documents single values. Only the page of DescribeVulList documents a list for Necessity.',
  },
  handledVulnerabilities: {
    default: 'listed',
    values: ['listed', 'hidden'],
    question: 'Does DescribeImageVulList list handled vulnerabilities when Dealed is not sent?',
    why: 'Not documented. A parameter that is not sent is not a condition.',
  },
  supersededVulnerabilities: {
    default: 'keep',
    values: ['keep', 'drop'],
    question:
      'Does DescribeImageVulList list the vulnerabilities of a digest that its tag does not have any more?',
    why: 'Not documented. The page has the digest as a condition of its own.',
  },
  containerVulnerabilities: {
    default: 'omit',
    values: ['omit', 'list'],
    question: 'Does DescribeImageVulList list a vulnerability again for each container that runs the image?',
    why: 'The records have fields of a container, but the page does not document when.',
  },
  retryAfterHeader: {
    default: 'send',
    values: ['send', 'omit'],
    question: 'Does a throttling error have the header `x-acs-retry-after`?',
    why: 'The official command line reads this header, in milliseconds. Which products send it is not documented.',
  },
  metadataRefusalStatus: {
    default: '403',
    values: ['403', '401'],
    question: 'Which HTTP status does the metadata service return for a request without a valid token?',
    why: 'The page of the hardened mode documents 403. For an expired token nothing is documented.',
  },
};
