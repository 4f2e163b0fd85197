import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';

/** n8n shows only "Bad Request" by itself. The first rule that fits is shown. */
export const CREDENTIAL_TEST_RULES: IAuthenticateRuleResponseSuccessBody[] = [
  ...[
    ['InvalidAccessKeyId.NotFound', 'No such AccessKey ID. Check that it was copied whole and not deleted.'],
    [
      'InvalidAccessKeyId.Inactive',
      'This AccessKey is disabled. Enable it in the RAM console or use another one.',
    ],
    [
      'InvalidAccessKeyId',
      'This AccessKey ID is not accepted. Temporary keys also need the Security Token they came with.',
    ],
    ['SignatureDoesNotMatch', 'The AccessKey Secret does not belong to this AccessKey ID.'],
    ['IncompleteSignature', 'The AccessKey Secret does not belong to this AccessKey ID.'],
    ['InvalidSecurityToken.Expired', 'The Security Token has expired. Get new temporary keys.'],
    [
      'InvalidSecurityToken.Malformed',
      'The Security Token is not whole. Copy it again together with its AccessKey.',
    ],
    [
      'InvalidSecurityToken.MismatchWithAccessKey',
      'The Security Token was issued with another AccessKey ID. Use the three values that came together.',
    ],
    ['MissingSecurityToken', 'Temporary keys need the Security Token that they came with.'],
    [
      'InvalidTimeStamp.Expired',
      'The clock of this n8n host is wrong by more than 15 minutes. Set it by NTP.',
    ],
    ['Forbidden.RAM', 'A RAM policy forbids this key to call STS. Remove what denies sts:GetCallerIdentity.'],
    ['NoPermission', 'A RAM policy forbids this key to call STS. Remove what denies sts:GetCallerIdentity.'],
    ['Throttling.User', 'The account makes too many calls at the moment. Try again in a minute.'],
    ['Throttling', 'The service receives too many calls at the moment. Try again in a minute.'],
    ['InvalidApi.NotFound', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['InvalidAction.NotFound', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['NoSuchVersion', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['InvalidVersion', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['ServiceUnavailable', 'STS cannot answer at the moment. Try again in a minute.'],
    ['InternalError', 'STS cannot answer at the moment. Try again in a minute.'],
  ].map(([value, message = '']): IAuthenticateRuleResponseSuccessBody => rule('Code', value, message)),
  // Without this, any other refusal would pass for success: rules compare a field, and a missing one is undefined.
  rule(
    'Arn',
    undefined,
    'Alibaba Cloud did not accept this AccessKey. Check the ID, the secret, the site and the endpoint.',
  ),
];

function rule(key: string, value: string | undefined, message: string): IAuthenticateRuleResponseSuccessBody {
  return { type: 'responseSuccessBody', properties: { key, value, message } };
}
