import type { SignedRequest } from './request.ts';

/** Path and query exactly as they were signed. */
export function requestTarget({ endpoint, query }: Pick<SignedRequest, 'endpoint' | 'query'>): string {
  return query === '' ? endpoint.path : `${endpoint.path}?${query}`;
}

/** The URL of a request, with the query exactly as it was signed. @public */
export function requestUrl(request: Pick<SignedRequest, 'endpoint' | 'query'>): string {
  return `${request.endpoint.protocol}//${request.endpoint.host}${requestTarget(request)}`;
}
