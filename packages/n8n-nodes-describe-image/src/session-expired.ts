/** Looks to n8n like an answer of HTTP 401: it takes on the role again and authenticates once more. */
export class SessionExpired extends Error {
  readonly response: { readonly status: 401 } = { status: 401 };

  constructor() {
    super('The session of the assumed role has ended');
  }
}
