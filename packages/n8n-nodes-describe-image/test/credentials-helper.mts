import type {
  ICredentialDataDecryptedObject,
  ICredentialsHelper,
  ICredentialType,
  IHttpRequestHelper,
  IHttpRequestOptions,
  INode,
} from 'n8n-workflow';

/** Keeps one credential as n8n keeps them: decrypted when asked for, signed with by its own methods, and updated. */
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
      if (typeof credentialType.authenticate !== 'function') throw new Error('authenticate is no function');
      return credentialType.authenticate(data, options);
    }
    // As n8n's own helper does: when the hidden field is empty, or the token was refused.
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
