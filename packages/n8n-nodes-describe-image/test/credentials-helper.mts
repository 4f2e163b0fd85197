import type {
  ICredentialDataDecryptedObject,
  ICredentialsHelper,
  ICredentialType,
  IHttpRequestHelper,
  IHttpRequestOptions,
  INode,
} from 'n8n-workflow';

/** Stores one credential and calls its methods as n8n's own credentials helper does. */
export function createCredentialsHelper(
  workflowPackage: typeof import('n8n-workflow'),
  credentialType: ICredentialType,
  stored: ICredentialDataDecryptedObject,
): ICredentialsHelper {
  class Credentials extends workflowPackage.ICredentialsHelper {
    getParentTypes = () => [];
    isCredentialUsableByNode = () => true;
    isCredentialUsedInWorkflow = () => true;
    getCredentials = async () => ({ id: '1', name: 'test', type: credentialType.name }) as never;
    getDecrypted = async () => ({ ...stored });
    getCredentialsProperties = () => credentialType.properties;
    updateCredentials = async (_: unknown, __: string, data: ICredentialDataDecryptedObject) => {
      Object.assign(stored, data);
    };
    updateCredentialsOauthTokenData = async () => {};
    runPreAuthentication = async () => undefined;
    async authenticate(data: ICredentialDataDecryptedObject, _: string, options: IHttpRequestOptions) {
      if (typeof credentialType.authenticate !== 'function')
        throw new Error('authenticate must be a function');
      return credentialType.authenticate(data, options);
    }
    // n8n calls preAuthentication when the hidden field is empty or the token was rejected.
    async preAuthentication(
      helpers: IHttpRequestHelper,
      data: ICredentialDataDecryptedObject,
      _: string,
      __: INode,
      expired: boolean,
    ) {
      const hidden = credentialType.properties.find(
        ({ typeOptions }) => typeOptions?.expirable === true,
      )?.name;
      if (hidden === undefined || !(expired || !data[hidden])) return undefined;
      const output = await credentialType.preAuthentication?.call(helpers, data);
      if (output?.[hidden] === undefined) return undefined;
      Object.assign(stored, output);
      return { ...data, ...output } as ICredentialDataDecryptedObject;
    }
  }

  return new Credentials();
}
