import { ServiceError } from '../../errors/errors.ts';
import { text } from '../../operations/read-field.ts';
import type { Credentials } from '../../protocol/credentials.ts';
import { isObject } from '../../protocol/is-object.ts';
import type { FlatParameters, Operation } from '../../protocol/operation.ts';
import { type ParsedResponse, parseResponse } from '../../protocol/parse-response.ts';
import { createRedactor, redactError } from '../../protocol/redaction.ts';
import type { HttpResponse, SignedRequest } from '../../protocol/request.ts';
import type { FoundCredentials } from '../credential-source.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { issuerClockOffset } from '../host/issuer-requests.ts';
import { readExpiration, readKeys, WIRE_NAMES } from '../read-keys.ts';
import { failed } from '../source-error.ts';

/** Assumes a role with keys. `roleParameters` validates the parameters. */
export const assumeRoleOperation: Operation<FlatParameters, Credentials> = {
  ...stsTraits('AssumeRole'),
  parseInput: (input) => Object(input),
  toRequest: (form) => ({ form }),
  parseOutput: readSession('AssumeRole'),
};

/** How the answer of AssumeRoleWithOIDC is read. The request is an unsigned form. */
export const assumeRoleWithOidcOperation: Pick<
  Operation<never, Credentials>,
  'action' | 'ramAction' | 'parseOutput'
> = { ...stsTraits('AssumeRoleWithOIDC'), parseOutput: readSession('AssumeRoleWithOIDC') };

/** The identity that keys belong to. @public */
export interface CallerIdentity {
  readonly accountId: string;
  /** `Account`, `RAMUser` or `AssumedRoleUser`. */
  readonly identityType: string | undefined;
  readonly arn: string;
  readonly principalId: string | undefined;
  readonly userId: string | undefined;
  readonly roleId: string | undefined;
}

/**
 * Returns the identity that the keys belong to. It needs no permission, so it shows that keys are valid when other calls are denied.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { defaultCredentials, getCallerIdentityOperation } from '@describe-image/core/credentials';
 *
 * const sts = createClient({ endpoint: 'sts.aliyuncs.com', credentials: defaultCredentials() });
 * const { output } = await sts.call(getCallerIdentityOperation, {});
 * console.log(output.arn);
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity | GetCallerIdentity}
 * @public
 */
export const getCallerIdentityOperation: Operation<Readonly<Record<never, never>>, CallerIdentity> = {
  ...stsTraits('GetCallerIdentity'),
  parseInput: () => ({}),
  toRequest: () => ({}),
  parseOutput(document, requestId) {
    const accountId = text(document['AccountId']);
    const arn = text(document['Arn']);
    if (accountId === undefined || arn === undefined)
      throw new ServiceError('GetCallerIdentity: the answer lacks AccountId or Arn', { requestId });
    return {
      accountId,
      arn,
      identityType: text(document['IdentityType']),
      principalId: text(document['PrincipalId']),
      userId: text(document['UserId']),
      roleId: text(document['RoleId']),
    };
  },
};

function stsTraits(
  action: string,
): Pick<Operation<never, never>, 'action' | 'version' | 'product' | 'method' | 'idempotent' | 'ramAction'> {
  return {
    action,
    version: '2015-04-01',
    product: 'sts',
    method: 'POST',
    idempotent: true,
    ramAction: `sts:${action}`,
  };
}

function readSession(action: string): (document: Readonly<Record<string, unknown>>) => Credentials {
  return (document) => {
    const fields = document['Credentials'];
    const where = `the answer of ${action}`;
    if (!isObject(fields))
      throw failed(
        `${where}: Credentials is missing`,
        'Check the endpoint of STS and any proxy in front of it.',
      );
    return {
      ...readKeys(fields, WIRE_NAMES, where, 'required'),
      expiration: readExpiration(fields, 'Expiration', where),
    };
  };
}

/** The time limit of a request to STS. */
const STS_TIMEOUT_MS = 5_000;

/** A request to STS that is ready to be sent. */
interface StsRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Removed from errors, because STS may repeat them. */
  readonly secrets: readonly string[];
  readonly signed?: SignedRequest | undefined;
}

/** Requests a session from STS. */
export async function requestSession(
  host: CredentialHost,
  operation: Pick<Operation<never, Credentials>, 'action' | 'ramAction' | 'parseOutput'>,
  { url, headers, body, secrets, signed }: StsRequest,
): Promise<Omit<FoundCredentials, 'description'>> {
  const response = await host.request({
    method: 'POST',
    url,
    headers,
    body,
    timeoutMs: STS_TIMEOUT_MS,
    direct: false,
  });
  const { output } = parseAnswer(operation, response, secrets, signed);
  return { credentials: output, clockOffsetMs: issuerClockOffset(host, response) };
}

/** The error of a failure contains none of the secrets. */
function parseAnswer<Output>(
  operation: Pick<Operation<never, Output>, 'action' | 'ramAction' | 'parseOutput'>,
  response: HttpResponse,
  secrets: readonly string[],
  signed: SignedRequest | undefined,
): ParsedResponse<Output> {
  const redact = createRedactor(secrets);
  try {
    return parseResponse(operation, response, signed, redact);
  } catch (error) {
    redactError(error, redact);
    throw error;
  }
}
