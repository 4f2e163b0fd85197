import { z } from 'zod';

/** Sends requests to the back end as a guest. */
export interface GuestSession {
  readonly token: string;
  /** Sends a request to a path below `/api` and returns the response with any status. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

const SignIn = z.object({ backstageIdentity: z.object({ token: z.string() }) });

/** Signs in with the request of the button "Enter". */
export async function signInAsGuest(url: string): Promise<GuestSession> {
  const response = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  if (!response.ok)
    throw new Error(`guest sign-in: expected status 200, got ${response.status} ${await response.text()}`);
  const { token } = SignIn.parse(await response.json()).backstageIdentity;
  return {
    token,
    fetch: (path, init = {}) =>
      fetch(`${url}/api${path}`, {
        ...init,
        headers: { 'content-type': 'application/json', ...init.headers, authorization: `Bearer ${token}` },
      }),
  };
}
