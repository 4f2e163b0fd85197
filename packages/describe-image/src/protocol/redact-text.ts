// Parameters and headers as they stand in queries, canonical requests and the encoded strings to sign of the older scheme.
const SECRET_IN_TEXT =
  /((?:x-acs-security-token|x-acs-bearer-token|x-acs-accesskey-id)\s*:\s*|(?:AccessKeyId|SecurityToken|Signature|Credential)(?:=|%3D))\S*?(?=%26|[\s&,;"\]]|$)/gi;

/** Strikes out keys, tokens and signatures in a text that the service or a proxy wrote. @public */
export function redactText(text: string): string {
  return text.replace(SECRET_IN_TEXT, '$1[redacted]');
}
