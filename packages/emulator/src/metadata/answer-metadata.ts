import type { Assumptions } from '../assumptions.ts';
import { type Exchange, type ExchangeParts, exchange, type Outcome } from '../exchange.ts';
import type { Answer } from '../gateway/response-document.ts';
import { headerValue, requestPath, type WireRequest } from '../gateway/wire-request.ts';
import type { MetadataService } from './metadata-service.ts';

/** The base path of the metadata service, on the port of the emulator. */
export const METADATA_PATH = '/latest';
/** The path of the credentials URI, which needs no authentication. */
export const CREDENTIALS_PATH = '/credentials';

const TOKEN_PATH = '/latest/api/token';
const ROLES_PATH = '/latest/meta-data/ram/security-credentials';

export interface MetadataParts extends ExchangeParts {
  readonly metadata: MetadataService;
  readonly assumptions: Assumptions;
}

/** Answers a request for instance metadata, or for the credentials URI. */
export function answerMetadata(request: WireRequest, parts: MetadataParts): Exchange {
  const path = requestPath(request).replace(/\/$/, '');
  const endpoint = ENDPOINTS.find((candidate) => candidate.matches(request.method, path)) ?? NOT_FOUND;
  const call = {
    scheme: 'anonymous',
    action: endpoint.operation,
    version: undefined,
    accessKeyId: undefined,
    parameters: new Map<string, string>(),
  } as const;
  const execute = (): Outcome => {
    const answer = endpoint.answer(request, path, parts);
    return { answer, code: answer.status < 400 ? undefined : `HTTP ${answer.status}` };
  };
  return exchange(
    request,
    call,
    execute,
    { requestId: '', hostId: '', product: 'Ecs', format: 'JSON' },
    parts,
  );
}

interface Endpoint {
  readonly operation: string | undefined;
  matches(method: string, path: string): boolean;
  answer(request: WireRequest, path: string, parts: MetadataParts): Answer;
}

const NOT_FOUND: Endpoint = { operation: undefined, matches: () => true, answer: () => page(404) };

const ENDPOINTS: readonly Endpoint[] = [
  {
    operation: 'GetMetadataToken',
    matches: (method, path) => method === 'PUT' && path === TOKEN_PATH,
    answer(request, _path, { metadata, clock }) {
      if (!metadata.settings.v2) return page(404);
      const ttl = Number(headerValue(request, 'x-aliyun-ecs-metadata-token-ttl-seconds') ?? Number.NaN);
      const token = metadata.issueToken(ttl, clock.now());
      return token === undefined ? page(400) : text(token);
    },
  },
  {
    operation: 'ListMetadataRoles',
    matches: (method, path) => method === 'GET' && path === ROLES_PATH,
    answer: (request, _path, parts) =>
      withValidToken(request, parts, () => {
        const { role } = parts.metadata.settings;
        return role === undefined ? page(404) : text(role);
      }),
  },
  {
    operation: 'GetMetadataCredentials',
    matches: (method, path) => method === 'GET' && path.startsWith(`${ROLES_PATH}/`),
    answer: (request, path, parts) =>
      withValidToken(request, parts, () => {
        const role = path.slice(ROLES_PATH.length + 1);
        const credentials = parts.metadata.credentials(role, parts.clock.now());
        return credentials === undefined ? page(404) : json(credentials, 'text/plain');
      }),
  },
  {
    operation: 'GetUriCredentials',
    matches: (method, path) => method === 'GET' && path === CREDENTIALS_PATH,
    answer(_request, _path, { metadata, clock }) {
      const credentials = metadata.credentials(metadata.settings.role ?? '', clock.now());
      return credentials === undefined ? page(404) : json(credentials, 'application/json');
    },
  },
];

function withValidToken(
  request: WireRequest,
  { metadata, clock, assumptions }: MetadataParts,
  answer: () => Answer,
): Answer {
  const token = headerValue(request, 'x-aliyun-ecs-metadata-token');
  return metadata.accepts(token, clock.now()) ? answer() : page(Number(assumptions.metadataRefusalStatus));
}

function text(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body };
}

function json(document: Readonly<Record<string, string>>, contentType: string): Answer {
  return {
    status: 200,
    headers: { 'content-type': contentType },
    body: JSON.stringify(document, undefined, 2),
  };
}

// The metadata service answers errors with HTML pages.
function page(status: number): Answer {
  const titles: Readonly<Record<number, string>> = {
    400: 'Bad Request',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
  };
  const title = `${status} - ${titles[status] ?? 'Error'}`;
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<?xml version="1.0" encoding="iso-8859-1"?>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}
