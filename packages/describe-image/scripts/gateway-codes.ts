/** A documented error code of the gateway or of Security Center. */
export interface GatewayCode {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
}

/**
 * The statuses are the documented or usual ones. Services use different ones, so the class depends on the code.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/error-codes | Common error codes}
 */
export const gatewayCodes: readonly GatewayCode[] = [
  { code: 'InvalidAccessKeyId.NotFound', status: 404, meaning: 'the AccessKey id does not exist' },
  { code: 'InvalidAccessKeyId.Inactive', status: 400, meaning: 'the AccessKey is disabled' },
  { code: 'Forbidden.AccessKeyDisabled', status: 403, meaning: 'the AccessKey is disabled' },
  {
    code: 'InvalidSecurityToken.Expired',
    status: 400,
    meaning: 'the temporary credentials have expired; the client requests new ones once',
  },
  { code: 'InvalidSecurityToken.Malformed', status: 400, meaning: 'the security token is malformed' },
  {
    code: 'InvalidSecurityToken.MismatchWithAccessKey',
    status: 400,
    meaning: 'token and AccessKey id belong to different sessions',
  },
  {
    code: 'MissingSecurityToken',
    status: 400,
    meaning: 'temporary credentials were sent without their token',
  },
  { code: 'SignatureDoesNotMatch', status: 400, meaning: 'the service computed another signature' },
  { code: 'IncompleteSignature', status: 400, meaning: 'the Authorization header is malformed' },
  { code: 'InvalidSignatureMethod', status: 400, meaning: 'the signature algorithm is unknown' },
  {
    code: 'SignatureNonceUsed',
    status: 400,
    meaning: 'the nonce was used before',
  },
  { code: 'InvalidTimeStamp.Format', status: 400, meaning: 'the date has the wrong format' },
  {
    code: 'InvalidTimeStamp.Expired',
    status: 400,
    meaning: 'the clocks differ by more than 15 minutes; the client corrects it once',
  },
  { code: 'IllegalTimestamp', status: 400, meaning: 'the same as InvalidTimeStamp.Expired' },
  {
    code: 'MissingImageTag',
    status: 400,
    meaning: 'a required parameter is missing; the code is `Missing` and its name',
  },
  { code: 'MissingParameter', status: 400, meaning: 'a required parameter is missing' },
  { code: 'InvalidParameter', status: 400, meaning: 'a parameter has an invalid value' },
  { code: 'InvalidParameter.Format', status: 400, meaning: 'a parameter has an invalid format' },
  { code: 'UnsupportedHTTPMethod', status: 400, meaning: 'the action does not support the HTTP method' },
  { code: 'InvalidProtocol.NeedSsl', status: 400, meaning: 'https is required' },
  {
    code: 'InvalidApi.NotFound',
    status: 404,
    meaning: 'the action does not exist in this version at this endpoint',
  },
  {
    code: 'InvalidAction.NotFound',
    status: 404,
    meaning: 'the same as InvalidApi.NotFound, in other services',
  },
  { code: 'InvalidVersion', status: 400, meaning: 'the version does not exist' },
  { code: 'NoSuchVersion', status: 404, meaning: 'the version does not exist' },
  { code: 'InvalidProduct.NotFound', status: 404, meaning: 'the endpoint serves another product' },
  { code: 'InvalidRegion.NotFound', status: 404, meaning: 'the endpoint does not serve the region' },
  { code: 'NoPermission', status: 403, meaning: "RAM does not allow the action (Security Center's code)" },
  { code: 'Forbidden.RAM', status: 403, meaning: 'RAM does not allow the action' },
  { code: 'Forbidden.NotSupportRAM', status: 403, meaning: 'the action is not available to RAM identities' },
  { code: 'Forbidden.RiskControl', status: 403, meaning: 'risk control blocks the account' },
  { code: 'Throttling', status: 400, meaning: 'too many requests' },
  { code: 'Throttling.User', status: 400, meaning: 'too many requests by this account' },
  { code: 'Throttling.Api', status: 400, meaning: 'too many requests to this action' },
  { code: 'Rejected.Throttling', status: 400, meaning: 'too many requests' },
  { code: 'InternalError', status: 500, meaning: 'the service failed' },
  { code: 'ServerError', status: 500, meaning: "the service failed (Security Center's code)" },
  { code: 'UnknownError', status: 500, meaning: 'the service failed' },
  { code: 'ServiceUnavailable', status: 503, meaning: 'the service is overloaded' },
];
