import type { IAuthenticateRuleResponseSuccessBody } from 'n8n-workflow';

/** Messages of the credential test by error code. n8n shows the first rule that matches, and without one only "Bad Request". */
export const CREDENTIAL_TEST_RULES: IAuthenticateRuleResponseSuccessBody[] = [
  ...[
    [
      'InvalidAccessKeyId.NotFound',
      'This AccessKey ID does not exist. Check that it is complete and has not been deleted.',
    ],
    [
      'InvalidAccessKeyId.Inactive',
      'This AccessKey is disabled. Enable it in the RAM console or use another one.',
    ],
    [
      'InvalidAccessKeyId',
      'This AccessKey ID is invalid. Check the ID. Temporary credentials also need their Security Token.',
    ],
    ['SignatureDoesNotMatch', 'The AccessKey Secret does not belong to this AccessKey ID.'],
    ['IncompleteSignature', 'The AccessKey Secret does not belong to this AccessKey ID.'],
    ['InvalidSecurityToken.Expired', 'The Security Token has expired. Get new temporary credentials.'],
    [
      'InvalidSecurityToken.Malformed',
      'The Security Token is incomplete. Copy it again together with its AccessKey.',
    ],
    [
      'InvalidSecurityToken.MismatchWithAccessKey',
      'The Security Token belongs to another AccessKey ID. Use the three values of one STS response.',
    ],
    ['MissingSecurityToken', 'Temporary credentials need their Security Token.'],
    [
      'InvalidTimeStamp.Expired',
      'The clock of this n8n host is wrong by more than 15 minutes. Set it by NTP.',
    ],
    [
      'Forbidden.RAM',
      'A RAM policy denies STS to this AccessKey. Remove the denial of sts:GetCallerIdentity.',
    ],
    [
      'NoPermission',
      'A RAM policy denies STS to this AccessKey. Remove the denial of sts:GetCallerIdentity.',
    ],
    ['Throttling.User', 'The account has exceeded its rate limit. Try again in a minute.'],
    ['Throttling', 'STS has exceeded its rate limit. Try again in a minute.'],
    ['InvalidApi.NotFound', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['InvalidAction.NotFound', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['NoSuchVersion', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['InvalidVersion', 'This endpoint does not serve STS. Check the site or the custom endpoint.'],
    ['ServiceUnavailable', 'STS is unavailable. Try again in a minute.'],
    ['InternalError', 'STS is unavailable. Try again in a minute.'],
  ].map(([value, message = '']): IAuthenticateRuleResponseSuccessBody => rule('Code', value, message)),
  // n8n treats a response without a matching rule as success. Only a successful response has the field Arn.
  rule(
    'Arn',
    undefined,
    'Alibaba Cloud rejected this AccessKey. Check the ID, the secret, the site and the endpoint.',
  ),
];

function rule(key: string, value: string | undefined, message: string): IAuthenticateRuleResponseSuccessBody {
  return { type: 'responseSuccessBody', properties: { key, value, message } };
}
