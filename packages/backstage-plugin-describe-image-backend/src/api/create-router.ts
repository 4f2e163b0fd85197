import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Request, RequestHandler, Router } from 'express';
import createPromiseRouter from 'express-promise-router';
import { createCsvStream, csvRecord } from '../overview/format-csv.ts';
import type { EntityRequest, ImageService } from '../service/image-service.ts';
import {
  historyQuerySchema,
  noQuerySchema,
  overviewExportQuerySchema,
  overviewQuerySchema,
  parseQuery,
  tagsQuerySchema,
} from '../service/queries.ts';
import { audited } from './audited.ts';

/** What {@link createRouter} needs. */
export interface RouterOptions {
  readonly service: ImageService;
  readonly httpAuth: HttpAuthService;
  readonly auditor: AuditorService;
}

const ENTITY = '/entities/:kind/:namespace/:name/images';

/** Creates the routes. The schemas of their responses, in the common package, document them. */
export function createRouter({ service, httpAuth, auditor }: RouterOptions): Router {
  const router = createPromiseRouter();

  router.get(
    ENTITY,
    respond('images-read', async (request) => {
      parseQuery(noQuerySchema, request.query);
      return service.images({ ...(await entityRequest(request)), refresh: false });
    }),
  );
  router.post(
    `${ENTITY}/refresh`,
    respond('images-refresh', async (request) => {
      parseQuery(noQuerySchema, request.query);
      return service.images({ ...(await entityRequest(request)), refresh: true });
    }),
  );
  router.get(
    `${ENTITY}/history`,
    respond('history-read', async (request) => {
      const query = parseQuery(historyQuerySchema, request.query);
      return service.history({ ...(await entityRequest(request)), ...query });
    }),
  );
  router.get(
    `${ENTITY}/tags`,
    respond('tags-read', async (request) => {
      const query = parseQuery(tagsQuerySchema, request.query);
      return service.tags({ ...(await entityRequest(request)), ...query });
    }),
  );
  router.get(
    '/overview',
    respond('overview-read', async (request) => {
      const query = parseQuery(overviewQuerySchema, request.query);
      return service.overview({ credentials: await credentialsOf(request), ...query });
    }),
  );
  router.get('/overview.csv', async (request, response) => {
    const eventId = 'overview-export';
    await audited(auditor, { eventId, request, meta: {} }, async () => {
      const query = parseQuery(overviewExportQuerySchema, request.query);
      const rows = await service.overviewRows({ credentials: await credentialsOf(request), ...query });
      response.attachment('images.csv').type('text/csv; charset=utf-8');
      await pipeline(Readable.from(rows).map(csvRecord), createCsvStream(), response);
    });
  });
  return router;

  function respond(eventId: string, handle: (request: Request) => Promise<unknown>): RequestHandler {
    return async (request, response) => {
      const { kind, namespace, name } = request.params;
      const meta = {
        ...request.params,
        ...(kind && namespace && name && { entityRef: entityRefOf(request) }),
      };
      response.json(await audited(auditor, { eventId, request, meta }, () => handle(request)));
    };
  }

  function credentialsOf(request: Request) {
    return httpAuth.credentials(request, { allow: ['user', 'service'] });
  }

  async function entityRequest(request: Request): Promise<EntityRequest> {
    return { entityRef: entityRefOf(request), credentials: await credentialsOf(request) };
  }
}

function entityRefOf({ params: { kind = '', namespace = '', name = '' } }: Request): string {
  return stringifyEntityRef({ kind, namespace, name });
}
