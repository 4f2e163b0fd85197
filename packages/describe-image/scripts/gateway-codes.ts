/** A documented answer of the gateway or of Security Center. */
export interface GatewayCode {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
}

/**
 * Statuses are the documented or usual ones; services differ, so the code decides.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/error-codes | Common error codes}
 */
export const gatewayCodes: readonly GatewayCode[] = [
  { code: 'InvalidAccessKeyId.NotFound', status: 404, meaning: 'no such AccessKey id' },
  { code: 'InvalidAccessKeyId.Inactive', status: 400, meaning: 'the AccessKey is disabled' },
  { code: 'Forbidden.AccessKeyDisabled', status: 403, meaning: 'the AccessKey is disabled' },
  {
    code: 'InvalidSecurityToken.Expired',
    status: 400,
    meaning: 'the temporary keys have expired; asked for anew once',
  },
  { code: 'InvalidSecurityToken.Malformed', status: 400, meaning: 'the security token is not one' },
  {
    code: 'InvalidSecurityToken.MismatchWithAccessKey',
    status: 400,
    meaning: 'token and AccessKey id are of different sessions',
  },
  { code: 'MissingSecurityToken', status: 400, meaning: 'temporary keys were sent without their token' },
  { code: 'SignatureDoesNotMatch', status: 400, meaning: 'the service computed another signature' },
  { code: 'IncompleteSignature', status: 400, meaning: 'the Authorization header is malformed' },
  { code: 'InvalidSignatureMethod', status: 400, meaning: 'the signature algorithm is not known' },
  {
    code: 'SignatureNonceUsed',
    status: 400,
    meaning: 'the nonce was seen before; sent again when an earlier answer was lost',
  },
  { code: 'InvalidTimeStamp.Format', status: 400, meaning: 'the date is not in the form wanted' },
  {
    code: 'InvalidTimeStamp.Expired',
    status: 400,
    meaning: 'the clocks differ by more than 15 minutes; corrected once',
  },
  { code: 'IllegalTimestamp', status: 400, meaning: 'the older name of the same' },
  {
    code: 'MissingImageTag',
    status: 400,
    meaning: 'a required parameter is absent (`Missing` and its name)',
  },
  { code: 'MissingParameter', status: 400, meaning: 'a required parameter is absent' },
  { code: 'InvalidParameter', status: 400, meaning: 'a parameter has a bad value' },
  { code: 'InvalidParameter.Format', status: 400, meaning: 'a parameter has a bad form' },
  { code: 'UnsupportedHTTPMethod', status: 400, meaning: 'the action does not take this method' },
  { code: 'InvalidProtocol.NeedSsl', status: 400, meaning: 'https is required' },
  { code: 'InvalidApi.NotFound', status: 404, meaning: 'no such action in this version at this endpoint' },
  { code: 'InvalidAction.NotFound', status: 404, meaning: 'the same, in other services' },
  { code: 'InvalidVersion', status: 400, meaning: 'no such version' },
  { code: 'NoSuchVersion', status: 404, meaning: 'no such version' },
  { code: 'InvalidProduct.NotFound', status: 404, meaning: 'the endpoint serves another product' },
  { code: 'InvalidRegion.NotFound', status: 404, meaning: 'the endpoint does not serve the region' },
  { code: 'NoPermission', status: 403, meaning: "RAM does not allow the action (Security Center's code)" },
  { code: 'Forbidden.RAM', status: 403, meaning: 'RAM does not allow the action' },
  { code: 'Forbidden.NotSupportRAM', status: 403, meaning: 'the action is not open to RAM identities' },
  { code: 'Forbidden.RiskControl', status: 403, meaning: 'risk control stopped the account' },
  { code: 'Throttling', status: 400, meaning: 'too many requests' },
  { code: 'Throttling.User', status: 400, meaning: 'too many requests of this account' },
  { code: 'Throttling.Api', status: 400, meaning: 'too many requests to this action' },
  { code: 'Rejected.Throttling', status: 400, meaning: 'too many requests' },
  { code: 'InternalError', status: 500, meaning: 'the service failed' },
  { code: 'ServerError', status: 500, meaning: "the service failed (Security Center's code)" },
  { code: 'UnknownError', status: 500, meaning: 'the service failed' },
  { code: 'ServiceUnavailable', status: 503, meaning: 'the service is overloaded' },
];
