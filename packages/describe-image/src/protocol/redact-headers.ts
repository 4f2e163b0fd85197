const SECRET_HEADERS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'authorization',
  'x-acs-security-token',
  'x-acs-bearer-token',
  'x-acs-accesskey-id',
  'proxy-authorization',
]);

/** For logs and hooks. Returns a copy: the request about to be sent must keep its secrets. @public */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.has(name) ? '[redacted]' : value]),
  );
}
