/** The key of the demo world. It opens nothing but an emulator. */
export const demoCredentials: { readonly accessKeyId: string; readonly accessKeySecret: string } = {
  accessKeyId: 'demo-access-key-id',
  accessKeySecret: 'demo-access-key-secret',
};
