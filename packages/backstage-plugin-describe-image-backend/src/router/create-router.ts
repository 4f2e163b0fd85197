import type { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Request, RequestHandler, Router } from 'express';
import createPromiseRouter from 'express-promise-router';
import type { EntityQuestion, ImageService } from '../service/image-service.ts';
import { overviewQuerySchema } from '../service/overview-query.ts';
import { tagsQuerySchema } from '../service/tags-query.ts';
import { audited } from './audited.ts';
import { historyQuerySchema, noQuerySchema, parseQuery } from './parse-query.ts';

export interface RouterOptions {
  readonly service: ImageService;
  readonly httpAuth: HttpAuthService;
  readonly auditor: AuditorService;
}

const ENTITY = '/entities/:kind/:namespace/:name/images';

/** The routes, each as the doc comments of its answer's schema in the common package say. */
export function createRouter({ service, httpAuth, auditor }: RouterOptions): Router {
  const router = createPromiseRouter();

  router.get(
    ENTITY,
    answer('images-read', async (request) => {
      parseQuery(noQuerySchema, request);
      return service.images({ ...(await entityQuestion(request)), refresh: false });
    }),
  );
  router.post(
    `${ENTITY}/refresh`,
    answer('images-refresh', async (request) => {
      parseQuery(noQuerySchema, request);
      return service.images({ ...(await entityQuestion(request)), refresh: true });
    }),
  );
  router.get(
    `${ENTITY}/history`,
    answer('history-read', async (request) => {
      const query = parseQuery(historyQuerySchema, request);
      return service.history({ ...(await entityQuestion(request)), ...query });
    }),
  );
  router.get(
    `${ENTITY}/tags`,
    answer('tags-read', async (request) => {
      const query = parseQuery(tagsQuerySchema, request);
      return service.tags({ ...(await entityQuestion(request)), ...query });
    }),
  );
  router.get(
    '/overview',
    answer('overview-read', async (request) => {
      const query = parseQuery(overviewQuerySchema, request);
      return service.overview({ credentials: await credentialsOf(request), ...query });
    }),
  );
  return router;

  function answer(eventId: string, ask: (request: Request) => Promise<unknown>): RequestHandler {
    return async (request, response) => {
      const { kind, namespace, name } = request.params;
      const meta = {
        ...request.params,
        ...(kind && namespace && name && { entityRef: entityRefOf(request) }),
      };
      response.json(await audited(auditor, { eventId, request, meta }, () => ask(request)));
    };
  }

  function credentialsOf(request: Request) {
    return httpAuth.credentials(request, { allow: ['user', 'service'] });
  }

  async function entityQuestion(request: Request): Promise<EntityQuestion> {
    return { entityRef: entityRefOf(request), credentials: await credentialsOf(request) };
  }
}

function entityRefOf({ params: { kind = '', namespace = '', name = '' } }: Request): string {
  return stringifyEntityRef({ kind, namespace, name });
}
